package dev.steward.loadgen.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.strategy.LockStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vIOMMU with nothing but its queue: one of the spare ones. */
class GuestViommuTest {
    private final CellShared shared = CellShared.of(new FakeClock(0, 1), Setups.scenario(), 1);
    private final SmmuSetup setup = Setups.setup(shared, LockStrategy.MUTEX);
    private final GuestViommu viommu = setup.viommus().get(setup.viommus().size() - 1);

    @BeforeEach
    void open() {
        viommu.open(0, setup.device(0).deviceId());
    }

    @Test
    void shouldSeeThePinOfTheQueueAndTheRefusalOfADestroy() {
        viommu.close();

        assertThat(viommu.pins().checks()).isEqualTo(1);
        assertThat(viommu.pins().violations()).isZero();
        assertThat(viommu.destroys()).isEqualTo(1);
    }

    @Test
    void shouldCatchAVIommuThatLacksThePinOfItsQueue() {
        VEventQueue queue = viommu.veventq();
        queue.close();
        assertThat(shared.vmm(0).context().destroy(queue.id())).isZero();

        assertThatThrownBy(viommu::close).hasMessage("destroy of a vEVENTQ failed with ENOENT");
        assertThat(viommu.pins().violations()).isEqualTo(1);
    }
}
