package dev.steward.engine.stream;

import static dev.steward.engine.stream.Entries.guestStage1;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_SSID0;
import static dev.steward.engine.stream.UpdateKind.DISRUPTIVE;
import static dev.steward.engine.stream.UpdateKind.HITLESS;
import static dev.steward.engine.stream.UpdateKind.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Named transitions with their count of syncs. Those marked "driver" are fixed by the driver's own unit test
 * (arm-smmu-v3-test.c, docs/domain.md, 2.3), the others follow from the used bits and say why.
 */
final class StreamTableEntryWriterTest {
    private static final StreamTableEntry ABORT = StreamTableEntry.abort();
    private static final StreamTableEntry BYPASS = Entries.bypass();
    private static final StreamTableEntry S1 = Entries.stage1(Entries.stage1(STE_1_S1DSS_SSID0, true), true);
    private static final StreamTableEntry S1_DSS_BYPASS =
        Entries.stage1(Entries.stage1(STE_1_S1DSS_BYPASS, true), true);
    private static final StreamTableEntry S1_STALL =
        Entries.stage1(Entries.stage1(STE_1_S1DSS_SSID0, false), false);
    private static final StreamTableEntry S2_VMID_0 = StreamTableEntry.stage2(Entries.stage2(0), false);
    private static final StreamTableEntry S2_ATS_VMID_0 = StreamTableEntry.stage2(Entries.stage2(0), true);
    private static final StreamTableEntry S2_STALL_VMID_0 =
        StreamTableEntry.stage2(Entries.stallingStage2(0), false);
    private static final StreamTableEntry S2 = StreamTableEntry.stage2(Entries.stage2(5), false);
    private static final StreamTableEntry S2_ATS = StreamTableEntry.stage2(Entries.stage2(5), true);
    private static final StreamTableEntry S2_OTHER_VM = StreamTableEntry.stage2(Entries.stage2(6), false);
    private static final StreamTableEntry NESTED =
        StreamTableEntry.nested(Entries.stage2(5), guestStage1(STE_1_S1DSS_SSID0), false);
    private static final StreamTableEntry NESTED_DSS_BYPASS_ATS =
        StreamTableEntry.nested(Entries.stage2(5), guestStage1(STE_1_S1DSS_BYPASS), true);
    private static final StreamTableEntry NESTED_OTHER_TABLE = StreamTableEntry.nested(
        Entries.stage2(5), GuestStreamTableEntry.of(0x5000_0009_0000_000bL, 0xd6L), false);
    private static final StreamTableEntry NESTED_OTHER_VM =
        StreamTableEntry.nested(Entries.stage2(6), guestStage1(STE_1_S1DSS_SSID0), false);

    static Stream<Arguments> transitions() {
        return Stream.of(
            row("driver: bypass to abort, word 0, then SHCFG is cleared", BYPASS, ABORT, HITLESS, 2),
            row("driver: abort to bypass, SHCFG, then word 0", ABORT, BYPASS, HITLESS, 2),
            row("driver: stage 1 to abort", S1, ABORT, HITLESS, 2),
            row("driver: abort to stage 1", ABORT, S1, HITLESS, 2),
            row("driver: stage 1 to bypass, SHCFG first", S1, BYPASS, HITLESS, 3),
            row("driver: bypass to stage 1, SHCFG goes last", BYPASS, S1, HITLESS, 3),
            row("driver: S1DSS changes, one word", S1, S1_DSS_BYPASS, HITLESS, 1),
            row("driver: S1DSS changes back", S1_DSS_BYPASS, S1, HITLESS, 1),
            row("driver: S1DSS bypass to bypass, SHCFG is in use by both", S1_DSS_BYPASS, BYPASS, HITLESS, 2),
            row("driver: bypass to S1DSS bypass", BYPASS, S1_DSS_BYPASS, HITLESS, 2),
            row("driver: stage 2 to abort", S2_ATS, ABORT, HITLESS, 2),
            row("driver: abort to stage 2", ABORT, S2_ATS, HITLESS, 2),
            row("driver: stage 2 to bypass", S2_ATS, BYPASS, HITLESS, 2),
            row("driver: bypass to stage 2", BYPASS, S2_ATS, HITLESS, 2),
            row("driver: stage 1 to stage 2", S1, S2_ATS_VMID_0, HITLESS, 3),
            row("driver: stage 2 to stage 1", S2_ATS_VMID_0, S1, HITLESS, 3),
            row("driver: stage 1 to stage 2 with stalls", S1_STALL, S2_STALL_VMID_0, HITLESS, 3),
            row("driver: stage 2 to stage 1 with stalls", S2_STALL_VMID_0, S1_STALL, HITLESS, 3),
            row("driver: CD table and S1DSS at once", S1, otherTableDssBypass(), DISRUPTIVE, 3),
            row("driver: stage 2 to nested with S1DSS bypass and ATS", S2, NESTED_DSS_BYPASS_ATS, HITLESS, 2),
            row("driver: nested back to stage 2, EATS and MEV first", NESTED_DSS_BYPASS_ATS, S2, HITLESS, 3),
            row("stage 1 uses S2VMID, so a VMID other than 0 makes word 2 differ too", S1, S2_ATS, DISRUPTIVE, 3),
            row("and back; words 1 to 3 change while V = 0", S2_ATS, S1, DISRUPTIVE, 3),
            row("ATS is not safe next to S2S, so word 1 and word 0 differ", S1, S2_STALL_VMID_0, DISRUPTIVE, 3),
            row("abort to nested, all but word 0 first", ABORT, NESTED, HITLESS, 2),
            row("nested to abort, word 0, then the rest", NESTED, ABORT, HITLESS, 2),
            row("bypass to nested, SHCFG stays", BYPASS, NESTED, HITLESS, 2),
            row("nested to bypass", NESTED, BYPASS, HITLESS, 2),
            row("stage 2 to nested without ATS", S2, NESTED, HITLESS, 2),
            row("nested to stage 2, MEV first", NESTED, S2, HITLESS, 3),
            row("nested, the guest changes its CD table, word 0 only", NESTED, NESTED_OTHER_TABLE, HITLESS, 1),
            row("nested to another VM, VMID only, word 2", NESTED, NESTED_OTHER_VM, HITLESS, 1),
            row("stage 2 to nested of another VM, word 0 and word 2", S2_OTHER_VM, NESTED, DISRUPTIVE, 3),
            row("ATS alone is a safe bit: no word is critical", S2, S2_ATS, HITLESS, 1),
            row("nothing to do", NESTED, NESTED, UNCHANGED, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transitions")
    void shouldTakeTheNamedNumberOfSyncs(
        String name, StreamTableEntry old, StreamTableEntry target, UpdateKind kind,
        int syncs) {
        UpdateProbe probe = new UpdateProbe(old, target, true);

        assertThat(probe.kind()).isEqualTo(kind);
        assertThat(probe.syncs()).isEqualTo(syncs);
    }

    static Stream<Arguments> transitionsOfTheBug() {
        return Stream.of(
            row("stage 2 to nested", S2, NESTED_DSS_BYPASS_ATS, DISRUPTIVE, 3),
            row("nested to stage 2", NESTED_DSS_BYPASS_ATS, S2, DISRUPTIVE, 3),
            row("stage 2 to nested without ATS, for MEV alone", S2, NESTED, DISRUPTIVE, 3),
            row("nested to stage 2 without ATS", NESTED, S2, DISRUPTIVE, 3),
            row("abort to nested does not use MEV before", ABORT, NESTED, HITLESS, 2),
            row("stages with stalls do not touch MEV", S1_STALL, S2_STALL_VMID_0, HITLESS, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transitionsOfTheBug")
    void shouldReproduceTheBugWhenMevIsNotSafe(
        String name, StreamTableEntry old, StreamTableEntry target, UpdateKind kind,
        int syncs) {
        UpdateProbe probe = new UpdateProbe(old, target, false);

        assertThat(probe.kind()).isEqualTo(kind);
        assertThat(probe.syncs()).isEqualTo(syncs);
    }

    @Test
    void shouldStoreNoWordThatStaysAsItIs() {
        assertThat(new UpdateProbe(NESTED, NESTED_OTHER_TABLE, true).stores()).isEqualTo(1);
        assertThat(new UpdateProbe(S2, NESTED, true).stores()).isEqualTo(2);
        assertThat(new UpdateProbe(NESTED, NESTED, true).stores()).isZero();
    }

    @Test
    void shouldStartFromAnInvalidEntryWithTheOtherWords() {
        UpdateProbe probe = new UpdateProbe(new long[8], NESTED.words(), true);

        assertThat(probe.kind()).isEqualTo(HITLESS);
        assertThat(probe.syncs()).isEqualTo(2);
    }

    @Test
    void shouldClearWhatAnEarlierUpdateLeftBehind() {
        long[] dirty = ABORT.words().clone();
        dirty[1] = -1;
        dirty[7] = 1;
        UpdateProbe probe = new UpdateProbe(dirty, ABORT.words(), true);

        assertThat(probe.kind()).isEqualTo(HITLESS);
        assertThat(probe.syncs()).isEqualTo(1);
    }

    @Test
    void shouldFinishAnUpdateWhoseSyncFailed() {
        ObservedStreamTable table = new ObservedStreamTable(S2.words());
        StreamTableEntryWriter failing = new StreamTableEntryWriter(streamId -> {
            throw new IllegalStateException("sync timed out");
        });
        assertThatThrownBy(() -> failing.write(table, 0, NESTED)).hasMessage("sync timed out");

        assertThat(new StreamTableEntryWriter(SyncOperation.NONE).write(table, 0, NESTED)).isEqualTo(1);
        assertThat(table.entry()).isEqualTo(NESTED.words());
    }

    @Test
    void shouldRefuseATargetThatSetsUnusedBits() {
        ObservedStreamTable table = new ObservedStreamTable(BYPASS.words());
        StreamTableEntryWriter writer = new StreamTableEntryWriter(SyncOperation.NONE);
        long[] target = {1, 0x80000L, 0, 0, 0, 0, 0, 0};

        assertThatThrownBy(() -> writer.write(table, 0, target)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("word 1 of the target STE, 0x0000000000080000");
        assertThatThrownBy(() -> writer.write(table, 0, new long[7])).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("an STE has 8 words, not 7");
        assertThat(table.states()).isEmpty();
    }

    @Test
    void shouldCountWhatItDid() {
        List<Integer> syncedStreams = new ArrayList<>();
        StreamTableEntryWriter writer = new StreamTableEntryWriter(syncedStreams::add);
        try (StreamTable table = StreamTable.linear(4)) {
            assertThat(writer.lastKind()).isEqualTo(UNCHANGED);
            writer.write(table, 3, S2);
            writer.write(table, 5, S2);
            writer.write(table, 3, S2);
            writer.write(table, 5, S1);

            long[] entry = new long[8];
            table.readEntry(3, entry);
            assertThat(entry).isEqualTo(S2.words());
            table.readEntry(5, entry);
            assertThat(entry).isEqualTo(S1.words());
            table.readEntry(4, entry);
            assertThat(entry).isEqualTo(ABORT.words());
        }
        assertThat(writer.lastKind()).isEqualTo(DISRUPTIVE);
        assertThat(writer.hitlessCount()).isEqualTo(2);
        assertThat(writer.disruptiveCount()).isEqualTo(1);
        assertThat(writer.syncCount()).isEqualTo(7);
        assertThat(syncedStreams).containsExactly(3, 3, 5, 5, 5, 5, 5);
    }

    private static StreamTableEntry otherTableDssBypass() {
        return Entries.stage1(
            new Stage1Configuration(0x4b40, 10, 2, STE_1_S1DSS_BYPASS, true, false), true);
    }

    private static Arguments row(
        String name, StreamTableEntry old, StreamTableEntry target, UpdateKind kind,
        int syncs) {
        return Arguments.of(name, old, target, kind, syncs);
    }
}
