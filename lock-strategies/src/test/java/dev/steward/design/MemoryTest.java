package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** What a design keeps for each master, held against the JVM's own layout, and what it leaves to be freed later. */
class MemoryTest {
    private static final int MASTERS = 64;

    @Test
    void shouldKnowSizesOfItsObjects() {
        assertThat(ClassLayout.parseClass(Master.class).instanceSize()).isEqualTo(Master.BYTES);
        assertThat(ClassLayout.parseClass(StreamNode.class).instanceSize()).isEqualTo(StreamNode.BYTES);
        assertThat(ClassLayout.parseClass(VMaster.class).instanceSize()).isEqualTo(VMaster.BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatEachMasterCosts(KernelDesign design) {
        assumeTrue(!design.description().allocationFree(), "a strategy: a record for each entry of the table");
        try (StreamTable table = StreamTable.linear(8); AttachmentGuard guard = guard(design, table)) {
            long before = guard.statistics().footprintBytes();
            for (int streamId = 0; streamId < MASTERS; streamId++) {
                guard.commit(streamId, Attachment.NOT_ATTACHED);
            }
            long each = (guard.statistics().footprintBytes() - before) / MASTERS;
            long node = guard instanceof TreeGuard ? StreamNode.BYTES : 0;
            long lockEach = each - Master.BYTES - VMaster.BYTES - node;
            Master master = ((DesignGuard) guard).masters.find(0);
            if (master.lock() == null) {
                assertThat(lockEach).isZero();
            } else {
                // A strategy counts its lock without the small objects that wear the interface and know how to wait.
                GraphLayout real = GraphLayout.parseInstance(master.lock()).subtract(GraphLayout.parseInstance(
                    ((DesignGuard) guard).context.contention(), Waiting.values()));
                assertThat(real.totalSize() - lockEach).isBetween(-8L, 40L);
            }
            for (int streamId = 0; streamId < MASTERS; streamId++) {
                guard.commit(streamId, Attachment.UNKNOWN_STREAM);
            }
            assertThat(guard.statistics().footprintBytes()).as("masters are gone").isEqualTo(before);
        }
    }

    private static AttachmentGuard guard(KernelDesign design, StreamTable table) {
        return design.create(new GuardContext(table, 1, GracePeriodListener.NONE));
    }

    /** A burst of attaches inside one read section: nothing can be freed before its end. */
    @ParameterizedTest
    @EnumSource(names = {"RCU_DEFERRED", "RCU_REFERENCE"})
    void shouldHoldWhatABurstReplacesUntilSectionEnds(KernelDesign design) {
        try (StreamTable table = StreamTable.linear(8); AttachmentGuard guard = guard(design, table)) {
            guard.commit(1, Attachment.of(1, 1));
            AttachmentGuard.Reader reader = guard.registerReader();
            for (int i = 2; i < 102; i++) {
                int viommuId = i;
                reader.report(1, (id, virtualStreamId) -> {
                    guard.commit(1, Attachment.of(viommuId, viommuId));
                    return 0;
                });
            }
            assertThat(guard.statistics().deferredPeakBytes()).as("each section had ended before the next")
                .isBetween(VMaster.BYTES, (VmasterRcuGuard.FREED_TOGETHER + 1) * VMaster.BYTES);
            reader.close();
        }
        try (StreamTable table = StreamTable.linear(8); AttachmentGuard guard = guard(design, table)) {
            guard.commit(1, Attachment.of(1, 1));
            AttachmentGuard.Reader reader = guard.registerReader();
            reader.report(1, (id, virtualStreamId) -> {
                for (int i = 2; i < 102; i++) {
                    guard.commit(1, Attachment.of(i, i));
                }
                return 0;
            });
            GuardStatistics statistics = guard.statistics();
            // The report of the other design is outside of its section and holds a reference on one vIOMMU only.
            assertThat(statistics.deferredPeakBytes() / VMaster.BYTES)
                .isEqualTo(design == KernelDesign.RCU_DEFERRED ? 100 : VmasterRcuGuard.FREED_TOGETHER);
            reader.close();
        }
    }
}
