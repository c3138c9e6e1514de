package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommufdException;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmmuDriverTest {
    private static final int STREAM = Machine.STREAM;
    private static final long ABORT = 1;
    private static final long BYPASS = 9;
    /** Domain reference 11.2: nested, its stage 2 with VMID 0. */
    private static final long NESTED_WORD_0 = 0x5000_0008_1234_000fL;
    private static final long NESTED_WORD_1 = 0x0000_1000_0208_00d6L;
    private static final long STAGE2_WORD_2 = 0x044d_3598_0000_0000L;

    private final Machine machine = new Machine();
    private final BoundDevice device = machine.probed(1, STREAM);
    private final VIommu viommu = machine.viommu(device);

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void shouldInstallEntryBeforeCommitWhenAttaching() {
        give(device, viommu, 8);
        assertThat(device.attach(machine.nested(device, viommu))).isZero();
        String attached = viommu.id() + ":8";
        assertThat(machine.log).containsExactly(
            "sync 40 ste 1 guard none",
            "sync 40 ste f guard none",
            "committing " + attached + " at 40 ste f guard none",
            "committed " + attached + " at 40 ste f guard " + attached);
    }

    /** Window W1: the entry is the new one while events still go to the old vIOMMU. */
    @Test
    void shouldCommitAfterEntryWhenReplacing() {
        VDevice vdevice = give(device, viommu, 8);
        VIommu other = machine.viommu(device);
        device.attach(machine.nested(device, viommu));
        machine.log.clear();
        // A device has one vDEVICE at most, so the old one goes; what it said stays cached (window W5).
        machine.context.destroy(vdevice.id());
        give(device, other, 9);
        assertThat(machine.guard.attachmentOf(STREAM)).isEqualTo(Attachment.of(viommu.id(), 8));
        assertThat(device.replace(machine.nested(device, other))).isZero();

        String before = viommu.id() + ":8";
        String after = other.id() + ":9";
        assertThat(machine.log).filteredOn(line -> line.startsWith("sync")).isNotEmpty()
            .allSatisfy(line -> assertThat(line).endsWith("guard " + before));
        assertThat(machine.log).endsWith(
            "committing " + after + " at 40 ste f guard " + before,
            "committed " + after + " at 40 ste f guard " + after);
    }

    /** Window W3: nothing is forwarded from before the entry changes. */
    @Test
    void shouldClearBeforeEntryChangesWhenDetaching() {
        give(device, viommu, 8);
        device.attach(machine.nested(device, viommu));
        machine.log.clear();
        assertThat(device.detach()).isZero();
        assertThat(machine.log).hasSizeGreaterThan(2).startsWith(
            "committing none at 40 ste f guard " + viommu.id() + ":8",
            "committed none at 40 ste f guard none");
        assertThat(machine.log.subList(2, machine.log.size()))
            .allSatisfy(line -> assertThat(line).startsWith("sync").endsWith("guard none"));
    }

    @Test
    void shouldWriteEntryOfGuestOnTopOfParentAndAbortWhenDetached() {
        give(device, viommu, 8);
        int parentId = viommu.parent().id();
        device.attach(machine.nested(device, viommu));
        assertThat(machine.entry(STREAM)).containsExactly(
            NESTED_WORD_0, NESTED_WORD_1, STAGE2_WORD_2 | parentId, (long) parentId << 12, 0, 0, 0, 0);
        device.replace(machine.nested(device, viommu, Machine.GUEST_WORD_0 + 0x40, Machine.GUEST_WORD_1));
        assertThat(machine.entry(STREAM)).containsExactly(
            NESTED_WORD_0 + 0x40, NESTED_WORD_1, STAGE2_WORD_2 | parentId, (long) parentId << 12, 0, 0, 0, 0);
        device.detach();
        assertThat(machine.entry(STREAM)).containsExactly(ABORT, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldRefuseDeviceOrViommuOfOtherSmmu() {
        HostDevice host = new HostDevice(9, Machine.SMMU + 1, 0x77);
        BoundDevice stranger = machine.context.bind(host, machine.smmu.driver());
        VIommu strange = machine.viommu(stranger);
        NestedDomain domain = machine.nested(stranger, strange);
        give(device, viommu, 8);
        assertThat(stranger.attach(domain)).isEqualTo(-Errno.EINVAL);
        assertThat(device.attach(domain)).isEqualTo(-Errno.EINVAL);
        assertUntouched();
    }

    @Test
    void shouldRefuseDeviceWithoutVdevice() {
        assertThat(device.attach(machine.nested(device, viommu))).isEqualTo(-Errno.ENOENT);
        assertUntouched();
        give(device, viommu, 8);
        assertThat(device.attach(machine.nested(device, viommu))).isZero();
    }

    @Test
    void shouldKeepOldEntryAndAttachmentWhenReplaceIsRefused() {
        give(device, viommu, 8);
        device.attach(machine.nested(device, viommu));
        long[] entry = machine.entry(STREAM);
        machine.log.clear();
        VIommu other = machine.viommu(device);
        assertThat(device.replace(machine.nested(device, other))).isEqualTo(-Errno.ENOENT);
        assertThat(machine.log).isEmpty();
        assertThat(machine.entry(STREAM)).isEqualTo(entry);
        assertThat(machine.guard.attachmentOf(STREAM)).isEqualTo(Attachment.of(viommu.id(), 8));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "9, 13"})
    void shouldAttachAbortOrBypassWithoutVdeviceAndForwardNothing(long guestWord0, long low) {
        assertThat(device.attach(machine.nested(device, viommu, guestWord0, 0))).isZero();
        assertThat(machine.entry(STREAM)[0] & 0xf).isEqualTo(low);
        assertThat(machine.guard.attachmentOf(STREAM)).isEqualTo(Attachment.NOT_ATTACHED);
        assertThat(machine.log).last().asString().startsWith("committed none");
    }

    @ParameterizedTest
    @CsvSource({"6.15, true", "6.19, false", "7.2, false"})
    void shouldRefuseAbortAndBypassWithoutVdeviceBeforeV619(String kernel, boolean refuses) {
        try (Machine other = new Machine(StreamTable.linear(8), FaultFence.NONE, KernelVersion.of(kernel))) {
            BoundDevice bare = other.probed(1, STREAM);
            VIommu on = other.viommu(bare);
            assertThat(bare.attach(other.nested(bare, on, BYPASS, 0))).isEqualTo(refuses ? -Errno.ENOENT : 0);
        }
    }

    /** Merged before the entry is written, taken out of the old parent's after the commit; since v7.1. */
    @ParameterizedTest
    @CsvSource({"6.19, false", "7.1, true"})
    void shouldMergeInvalidationArrayOfParentSinceV71(String kernel, boolean keeps) {
        try (Machine other = new Machine(StreamTable.linear(8), FaultFence.NONE, KernelVersion.of(kernel))) {
            InvalidationArrays arrays = ((SmmuDriver) other.smmu.driver()).invalidations();
            BoundDevice wide = other.probed(1, 0x52, 0x50);
            BoundDevice single = other.probed(2, 0x51);
            VIommu first = other.viommu(wide);
            other.context.allocateVdevice(first.id(), wide.id(), 1);
            other.context.allocateVdevice(first.id(), single.id(), 2);
            List<Integer> duringSync = new ArrayList<>();
            other.onSync = streamId -> duringSync.add(arrays.of(first.parent()).length);
            wide.attach(other.nested(wide, first));
            assertThat(duringSync).isNotEmpty().containsOnly(keeps ? 2 : 0);
            single.attach(other.nested(single, first));
            assertThat(entries(arrays, first)).containsExactlyElementsOf(
                keeps ? List.of("50 x1", "51 x1", "52 x1") : List.of());

            other.onSync = streamId -> duringSync.add(entries(arrays, first).contains("51 x2") ? 1 : 0);
            duringSync.clear();
            single.replace(other.nested(single, first));
            assertThat(duringSync).as("a second user while the entry changes").doesNotContain(keeps ? 0 : 1);
            wide.detach();
            assertThat(entries(arrays, first)).containsExactlyElementsOf(keeps ? List.of("51 x1") : List.of());
            single.detach();
            assertThat(entries(arrays, first)).isEmpty();
        }
    }

    private static List<String> entries(InvalidationArrays arrays, VIommu viommu) {
        return LongStream.of(arrays.of(viommu.parent()))
            .mapToObj(entry -> Long.toHexString(entry >>> Integer.SIZE) + " x" + (int) entry).toList();
    }

    @Test
    void shouldStopForwardingWhenGuestGoesToBypassWithoutVdevice() {
        VDevice vdevice = give(device, viommu, 8);
        device.attach(machine.nested(device, viommu));
        machine.context.destroy(vdevice.id());
        assertThat(device.replace(machine.nested(device, viommu, BYPASS, 0))).isZero();
        assertThat(machine.guard.attachmentOf(STREAM)).isEqualTo(Attachment.NOT_ATTACHED);
    }

    @ParameterizedTest
    @CsvSource({"0xf, 0", "0xd, 0", "0xb, 0x10000000000", "0x400000000000009, 0", "0xb, 0x20000000", "0xb, 0x80000"})
    void shouldRefuseBadGuestWordsWhenDomainIsAllocated(String word0, String word1) {
        assertThatExceptionOfType(IommufdException.class)
            .isThrownBy(() -> machine.nested(device, viommu, Long.decode(word0), Long.decode(word1)))
            .returns(Errno.EIO, IommufdException::errno);
    }

    @Test
    void shouldMoveAllStreamsOfDeviceAndInstallDuplicateOnce() {
        BoundDevice wide = machine.probed(2, 0x50, 0x51, 0x50, 0x52);
        give(wide, viommu, 0x20);
        machine.log.clear();
        assertThat(wide.attach(machine.nested(wide, viommu))).isZero();
        for (int streamId : new int[] {0x50, 0x51, 0x52}) {
            assertThat(machine.entry(streamId)[0]).isEqualTo(NESTED_WORD_0);
            assertThat(machine.guard.attachmentOf(streamId)).isEqualTo(Attachment.of(viommu.id(), 0x20));
        }
        assertThat(lines("sync 50")).isEqualTo(2);
        assertThat(lines("sync 51")).isEqualTo(2);
        assertThat(lines("committing " + viommu.id() + ":20 at 50")).as("a duplicate is no second commit").isOne();
        String to = viommu.id() + ":20";
        assertThat(machine.log.indexOf("committing " + to + " at 52 ste f guard none"))
            .as("one exchange for all streams").isPositive()
            .isLessThan(machine.log.indexOf("committed " + to + " at 50 ste f guard " + to));
        assertThat(machine.smmu.attachStatistics().commits()).isOne();
        wide.detach();
        for (int streamId : new int[] {0x50, 0x51, 0x52}) {
            assertThat(machine.entry(streamId)[0]).isEqualTo(ABORT);
            assertThat(machine.guard.attachmentOf(streamId)).isEqualTo(Attachment.NOT_ATTACHED);
        }
        assertThat(machine.smmu.attachStatistics().commits()).isEqualTo(2);
    }

    @Test
    void shouldCarryCornersOfVirtualStreamIds() {
        for (long virtualStreamId : new long[] {0, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}) {
            VDevice vdevice = give(device, viommu, virtualStreamId);
            assertThat(device.attach(machine.nested(device, viommu))).isZero();
            assertThat(machine.guard.attachmentOf(STREAM)).isEqualTo(Attachment.of(viommu.id(), (int) virtualStreamId));
            device.detach();
            assertThat(machine.context.destroy(vdevice.id())).isZero();
        }
    }

    @Test
    void shouldPinDomainAndViommuUntilDetachHasReturned() {
        VDevice vdevice = give(device, viommu, 8);
        NestedDomain domain = machine.nested(device, viommu);
        device.attach(domain);
        assertThat(machine.context.destroy(vdevice.id())).as("is not pinned by the attachment").isZero();
        assertThat(machine.context.destroy(domain.id())).isEqualTo(-Errno.EBUSY);
        assertThat(machine.context.destroy(viommu.id())).isEqualTo(-Errno.EBUSY);
        List<Integer> during = new ArrayList<>();
        machine.onSync = streamId -> {
            during.add(machine.context.destroy(domain.id()));
            during.add(machine.context.destroy(viommu.id()));
        };
        device.detach();
        assertThat(during).isNotEmpty().containsOnly(-Errno.EBUSY);
        assertThat(machine.context.destroy(domain.id())).isZero();
        assertThat(machine.context.destroy(viommu.id())).isZero();
    }

    @Test
    void shouldCountSyncsAndKindsOfUpdates() {
        give(device, viommu, 8);
        device.attach(machine.nested(device, viommu));
        assertThat(machine.smmu.attachStatistics()).isEqualTo(new AttachStatistics(1, 2, 1, 0));
        // Another CD table and another S1DSS: two words differ in used bits.
        device.replace(machine.nested(device, viommu, Machine.GUEST_WORD_0 + 0x40, Machine.GUEST_WORD_1 & ~2L));
        assertThat(machine.smmu.attachStatistics()).isEqualTo(new AttachStatistics(2, 5, 1, 1));
        assertThat(machine.smmu.attachStatistics().syncs())
            .isEqualTo(machine.log.stream().filter(line -> line.startsWith("sync")).count());
    }

    @Test
    void shouldHoldSerialLockFromPrepareToCommit() {
        give(device, viommu, 8);
        List<Boolean> held = new ArrayList<>();
        machine.onSync = streamId -> held.add(machine.attachLock.isHeldByCurrentThread());
        device.attach(machine.nested(device, viommu));
        device.detach();
        assertThat(held).isNotEmpty().containsOnly(true);
        assertThat(machine.attachLock.isLocked()).isFalse();
        device.attach(machine.nested(device, machine.viommu(device)));
        assertThat(machine.attachLock.isLocked()).as("also after -ENOENT").isFalse();
    }

    /** Whoever asks for figures waits for the attach, and the attach must not wait for whoever asks. */
    @Test
    @Timeout(120)
    void shouldNotDeadlockWhenAskedForStatisticsDuringAttach() throws InterruptedException {
        give(device, viommu, 8);
        NestedDomain domain = machine.nested(device, viommu);
        AtomicReference<AttachStatistics> answer = new AtomicReference<>();
        Thread asking = new Thread(() -> answer.set(machine.smmu.attachStatistics()));
        asking.setDaemon(true);
        AtomicReference<Thread> started = new AtomicReference<>();
        machine.onSync = streamId -> {
            if (started.compareAndSet(null, asking)) {
                asking.start();
                while (asking.getState() != Thread.State.WAITING && asking.isAlive()) {
                    Thread.onSpinWait();
                }
            }
        };
        Thread attaching = new Thread(() -> device.attach(domain));
        attaching.setDaemon(true);
        attaching.start();
        attaching.join();
        asking.join();
        assertThat(answer.get()).isEqualTo(new AttachStatistics(1, 2, 1, 0));
    }

    private VDevice give(BoundDevice to, VIommu on, long virtualStreamId) {
        return machine.context.allocateVdevice(on.id(), to.id(), virtualStreamId);
    }

    private long lines(String prefix) {
        return machine.log.stream().filter(line -> line.startsWith(prefix)).count();
    }

    private void assertUntouched() {
        assertThat(machine.log).isEmpty();
        assertThat(machine.entry(STREAM)).containsExactly(ABORT, 0, 0, 0, 0, 0, 0, 0);
        assertThat(machine.guard.attachmentOf(STREAM)).isEqualTo(Attachment.NOT_ATTACHED);
    }
}
