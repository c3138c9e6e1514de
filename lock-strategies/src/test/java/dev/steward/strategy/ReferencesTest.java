package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final int RECORD = 64;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(256));

    @Test
    void shouldGiveReferencesToFreshMemory() {
        assertThat(References.tryTake(buffer, RECORD, 0)).isTrue();
        References.put(buffer, RECORD, 0);
        assertThat(References.killAndWait(buffer, RECORD, 0)).as("somebody to wait for").isFalse();
    }

    @Test
    void shouldRefuseDeadGenerationAndGiveTheNext() {
        References.revive(buffer, RECORD, 1);
        References.killAndWait(buffer, RECORD, 0);
        assertThat(References.tryTake(buffer, RECORD, 0)).isFalse();
        assertThat(References.tryTake(buffer, RECORD, 1)).isTrue();
    }

    /** A word is used again two generations later: a reader that slept must not take it for its own. */
    @Test
    void shouldRefuseGenerationWhoseWordServesAnother() {
        for (long generation = 0; generation < 4; generation++) {
            References.revive(buffer, RECORD, generation + 1);
            References.killAndWait(buffer, RECORD, generation);
        }
        assertThat(References.tryTake(buffer, RECORD, 2)).isFalse();
        assertThat(References.tryTake(buffer, RECORD, 0)).isFalse();
        assertThat(References.tryTake(buffer, RECORD, 4)).isTrue();
    }

    @Test
    void shouldWaitForWhoeverHoldsTheDeadGeneration() throws InterruptedException {
        References.tryTake(buffer, RECORD, 0);
        References.tryTake(buffer, RECORD, 0);
        Thread committer = Threads.start(() -> References.killAndWait(buffer, RECORD, 0));
        assertThat(Threads.awaitWaitingOrEnd(committer)).isTrue();
        References.put(buffer, RECORD, 0);
        assertThat(Threads.awaitWaitingOrEnd(committer)).as("one is still there").isTrue();
        References.put(buffer, RECORD, 0);
        Threads.awaitEnd(committer);
    }
}
