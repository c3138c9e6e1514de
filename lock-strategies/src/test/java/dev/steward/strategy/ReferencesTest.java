package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.stream.OffHeap;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private final OffHeap memory = new OffHeap(256);
    private final long record = memory.address(64);

    @Test
    void shouldGiveReferencesToFreshMemory() {
        assertThat(References.tryTake(record, 0)).isTrue();
        References.put(record, 0);
        assertThat(References.killAndWait(record, 0)).as("somebody to wait for").isFalse();
    }

    @Test
    void shouldRefuseDeadGenerationAndGiveTheNext() {
        References.revive(record, 1);
        References.killAndWait(record, 0);
        assertThat(References.tryTake(record, 0)).isFalse();
        assertThat(References.tryTake(record, 1)).isTrue();
    }

    /** A word is used again two generations later: a reader that slept must not take it for its own. */
    @Test
    void shouldRefuseGenerationWhoseWordServesAnother() {
        for (long generation = 0; generation < 4; generation++) {
            References.revive(record, generation + 1);
            References.killAndWait(record, generation);
        }
        assertThat(References.tryTake(record, 2)).isFalse();
        assertThat(References.tryTake(record, 0)).isFalse();
        assertThat(References.tryTake(record, 4)).isTrue();
    }

    @Test
    void shouldWaitForWhoeverHoldsTheDeadGeneration() throws InterruptedException {
        References.tryTake(record, 0);
        References.tryTake(record, 0);
        Thread committer = Threads.start(() -> References.killAndWait(record, 0));
        assertThat(Threads.awaitWaitingOrEnd(committer)).isTrue();
        References.put(record, 0);
        assertThat(Threads.awaitWaitingOrEnd(committer)).as("one is still there").isTrue();
        References.put(record, 0);
        Threads.awaitEnd(committer);
    }
}
