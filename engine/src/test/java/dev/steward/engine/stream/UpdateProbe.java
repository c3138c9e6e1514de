package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs one update over an observed entry and checks invariant I11 at every store and every sync: under the bits that
 * the state at hand uses, it equals the old entry or the target, or V is 0 and the update is disruptive.
 */
final class UpdateProbe {
    private final long[] old;
    private final long[] target;
    private final long safeWord1;
    private final ObservedStreamTable table;
    private final StreamTableEntryWriter writer;
    private final List<long[]> synced = new ArrayList<>();
    private final int syncs;

    UpdateProbe(StreamTableEntry old, StreamTableEntry target, boolean mevIsSafe) {
        this(old.words().clone(), target.words().clone(), mevIsSafe);
    }

    UpdateProbe(long[] old, long[] target, boolean mevIsSafe) {
        this.old = old;
        this.target = target;
        safeWord1 = mevIsSafe ? safeBitsUsedByBoth(old, target) : 0;
        table = new ObservedStreamTable(old);
        writer = new StreamTableEntryWriter(streamId -> synced.add(table.entry()), mevIsSafe);
        syncs = writer.write(table, 0, target);
        check();
    }

    int syncs() {
        return syncs;
    }

    UpdateKind kind() {
        return writer.lastKind();
    }

    int stores() {
        return table.states().size();
    }

    private void check() {
        assertThat(table.entry()).isEqualTo(target);
        assertThat(synced).hasSize(syncs);
        assertThat(writer.syncCount()).isEqualTo(syncs);
        boolean sawInvalid = false;
        for (long[] state : table.states()) {
            if (StreamTableEntryLayout.isValid(state[0])) {
                assertThat(looksLike(state, old) || looksLike(state, target)).as("%s on the way from %s to %s",
                    StreamTableEntryFormat.describe(state), StreamTableEntryFormat.describe(old),
                    StreamTableEntryFormat.describe(target)).isTrue();
                assertLegal(state);
            } else {
                sawInvalid = true;
            }
        }
        if (StreamTableEntryLayout.isValid(old[0]) && StreamTableEntryLayout.isValid(target[0])) {
            assertThat(kind() == UpdateKind.DISRUPTIVE).isEqualTo(sawInvalid);
        }
        assertThat(kind() == UpdateKind.UNCHANGED).isEqualTo(table.states().isEmpty());
        if (syncs > 0) {
            assertThat(synced.get(syncs - 1)).as("nothing is stored after the last sync").isEqualTo(target);
        }
    }

    private boolean looksLike(long[] state, long[] reference) {
        long[] used = new long[STE_WORDS];
        StreamTableEntryUsedBits.compute(state, used);
        used[1] &= ~safeWord1;
        for (int word = 0; word < STE_WORDS; word++) {
            if (((state[word] ^ reference[word]) & used[word]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static long safeBitsUsedByBoth(long[] old, long[] target) {
        long[] usedByOld = new long[STE_WORDS];
        long[] usedByTarget = new long[STE_WORDS];
        StreamTableEntryUsedBits.compute(old, usedByOld);
        StreamTableEntryUsedBits.compute(target, usedByTarget);
        return StreamTableEntryUsedBits.safeWord1(old, target) & usedByOld[1] & usedByTarget[1];
    }

    /** S2S = 1 together with full ATS is a bad STE; EATS 3 is reserved. No state on the way may be either. */
    private static void assertLegal(long[] state) {
        boolean stage2 = StreamTableEntryLayout.usesStage2(StreamTableEntryLayout.config(state[0]));
        long eats = state[1] >>> 28 & 3;
        assertThat(stage2 && (state[2] >>> 57 & 1) == 1 && eats == 1).as("S2S with full ATS").isFalse();
        assertThat(eats).isNotEqualTo(3);
    }
}
