package dev.steward.loadgen.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.IommufdException;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices 0, 2, 4, 6 are at home with guest 0, the others with guest 1. */
class GuestDeviceTest {
    private final CellShared shared = CellShared.of(new FakeClock(0, 1), Setups.scenario("guests=2"), 1);
    private final List<Long> commits = new ArrayList<>();
    private final SmmuSetup setup = Setups.setup(shared, recording());
    private final GuestDevice device = setup.device(0);

    @Test
    void shouldFindObjectsInTheContextOfTheirGuestOnly() {
        int viommu = setup.viommus().get(0).viommu().id();

        assertThat(shared.vmm(0).context().find(viommu, VIommu.class)).isNotNull();
        assertThatThrownBy(() -> shared.vmm(1).context().find(viommu, VIommu.class))
            .isInstanceOf(IommufdException.class).hasMessageContaining("ENOENT");
    }

    @Test
    void shouldGiveAMovedDeviceOtherObjectsInTheContextOfTheOtherGuest() {
        int before = device.deviceId();
        device.move(0);

        assertThat(device.guest()).isOne();
        assertThat(device.deviceId()).isNotEqualTo(before);
        assertThatThrownBy(() -> shared.vmm(0).context().find(before, BoundDevice.class))
            .hasMessageContaining("ENOENT");
        assertThat(shared.vmm(1).context().find(device.deviceId(), BoundDevice.class).smmuId()).isZero();
        assertThat(setup.viommus().stream().limit(4).map(viommu -> viommu.viommu().vdevices()))
            .containsExactly(1, 3, 2, 2);
    }

    @Test
    void shouldPassThroughBlockedAndKeepTheMasterWhenItMoves() {
        commits.clear();
        device.move(0);

        assertThat(commits).as("never straight to the other, never unknown").hasSize(2).first()
            .isEqualTo(Attachment.NOT_ATTACHED);
        assertThat(Attachment.viommuId(commits.get(1))).isEqualTo(setup.viommus().get(1).viommu().id());
        device.unplugAndPlug();
        assertThat(commits).contains(Attachment.UNKNOWN_STREAM);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1_000_003, Integer.MAX_VALUE})
    void shouldStayWithItsGuestWhateverIsDrawn(int draw) {
        device.replaceByAnother(draw);
        device.detachAndAttach(draw);

        assertThat(device.guest()).isZero();
        device.move(draw);
        assertThat(device.guest()).isOne();
    }

    /** Of operations on a whole guest, one that is away has no part. */
    @Test
    void shouldLeaveADeviceAloneThatIsAwayWhenItsGuestReboots() {
        device.move(0);
        commits.clear();
        new Guest(0, List.of(device, setup.device(2)), List.of()).reboot();

        assertThat(commits).as("blocked and nested again").hasSize(2);
    }

    @Test
    void shouldMakeTheVIommuForAVisitInTheContextOfTheGuest() {
        GuestViommu spare = setup.viommus().get(setup.viommus().size() - 1);
        for (int guest : new int[] {0, 1, 0}) {
            while (device.guest() != guest) {
                device.move(0);
            }
            spare.open(guest, device.deviceId());
            VIommu viommu = spare.viommu();
            assertThat(shared.vmm(guest).context().find(viommu.id(), VIommu.class)).isSameAs(viommu);
            spare.close();
            device.visit(spare);
            assertThat(device.guest()).isEqualTo(guest);
        }
        assertThat(spare.pins().violations()).isZero();
        assertThat(spare.destroys()).isEqualTo(6);
    }

    @Test
    void shouldLeaveNothingWhenAGuestIsGone() {
        List<Integer> ids = setup.viommus().stream().limit(4).map(viommu -> viommu.viommu().id()).toList();
        device.move(0);
        leave(0, 2, 4, 6);

        assertThat(ids).filteredOn(id -> shared.iommufd().viommu(id) != null).containsExactly(ids.get(1), ids.get(3));
        leave(1, 0, 1, 3, 5, 7);
        assertThat(ids).allSatisfy(id -> assertThat(shared.iommufd().viommu(id)).isNull());
    }

    /** A context goes with its last open file and bound device, and all that is in it. */
    private void leave(int guest, int... devices) {
        IntStream.of(devices).forEach(number -> setup.device(number).close());
        setup.viommus().get(guest).veventq().close();
        setup.viommus().get(guest + 2).veventq().close();
        assertThat(shared.iommufd().viommu(setup.viommus().get(guest).viommu().id())).isNotNull();
        shared.vmm(guest).context().close();
    }

    @Test
    void shouldShareOneContextOnlyUnderTheStressSetting() {
        assertThat(shared.vmms()).doesNotHaveDuplicates().hasSize(2);
        assertThat(CellShared.of(new FakeClock(0, 1), Setups.scenario("guests=2", "churn.within=any"), 1)
            .vmms().stream().distinct()).hasSize(1);
    }

    private Strategy recording() {
        return new Strategy() {
            @Override
            public StrategyDescription description() {
                return LockStrategy.MUTEX.description();
            }

            @Override
            public AttachmentGuard create(GuardContext context) {
                return new ForwardingGuard(LockStrategy.MUTEX.create(context)) {
                    @Override
                    public void commit(int streamId, long attachment) {
                        commits.add(attachment);
                        super.commit(streamId, attachment);
                    }
                };
            }
        };
    }
}
