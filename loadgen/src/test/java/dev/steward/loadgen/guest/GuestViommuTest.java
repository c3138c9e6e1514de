package dev.steward.loadgen.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.record.FakeClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vIOMMU with nothing but its queue: one of the spare ones. */
class GuestViommuTest {
    private final Iommufd iommufd = new Iommufd();
    private final Context context = iommufd.open();
    private final SmmuSetup bed = Setups.setup(Setups.scenario(), new FakeClock(0, 1), iommufd, context);
    private final GuestViommu slice = bed.slices().get(bed.slices().size() - 1);

    @BeforeEach
    void open() {
        slice.open(bed.device(0).deviceId());
    }

    @Test
    void shouldSeeThePinOfTheQueueAndTheRefusalOfADestroy() {
        slice.close();

        assertThat(slice.pins().checks()).isEqualTo(1);
        assertThat(slice.pins().violations()).isZero();
        assertThat(slice.destroys()).isEqualTo(1);
    }

    @Test
    void shouldCatchAVIommuThatLacksThePinOfItsQueue() {
        VEventQueue queue = slice.veventq();
        queue.close();
        assertThat(context.destroy(queue.id())).isZero();

        assertThatThrownBy(slice::close).hasMessage("destroy of a vEVENTQ failed with ENOENT");
        assertThat(slice.pins().violations()).isEqualTo(1);
    }
}
