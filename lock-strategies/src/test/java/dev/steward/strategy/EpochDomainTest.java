package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochDomainTest {
    private final EpochDomain epochs = new EpochDomain(3);
    private final int first = epochs.register();
    private final int second = epochs.register();

    @Test
    void shouldNotWaitWhenNobodyIsInside() throws Exception {
        Threads.runElsewhere(epochs::synchronize);
        epochs.enter(first);
        epochs.exit(first);
        Threads.runElsewhere(epochs::synchronize);
    }

    @Test
    void shouldWaitForReaderInside() throws InterruptedException {
        epochs.enter(first);
        Thread writer = Threads.start(epochs::synchronize);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        epochs.exit(first);
        Threads.awaitEnd(writer);
    }

    @Test
    void shouldWaitForEachReaderInside() throws InterruptedException {
        epochs.enter(first);
        epochs.enter(second);
        Thread writer = Threads.start(epochs::synchronize);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        epochs.exit(first);
        assertThat(Threads.awaitWaitingOrEnd(writer)).as("the second is still inside").isTrue();
        epochs.exit(second);
        Threads.awaitEnd(writer);
    }

    @Test
    void shouldNotWaitForReaderThatEnteredAfterwards() throws InterruptedException {
        epochs.enter(first);
        Thread writer = Threads.start(epochs::synchronize);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        epochs.enter(second);
        epochs.exit(first);
        Threads.awaitEnd(writer);
        epochs.exit(second);
    }

    @Test
    void shouldNotWaitForNextSectionOfReaderItWaitedFor() throws InterruptedException {
        epochs.enter(first);
        Thread writer = Threads.start(epochs::synchronize);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        epochs.exit(first);
        epochs.enter(first);
        Threads.awaitEnd(writer);
        epochs.exit(first);
    }

    @Test
    void shouldWaitForReaderThatEnteredDuringEarlierGracePeriod() throws InterruptedException {
        epochs.synchronize();
        epochs.enter(first);
        Thread writer = Threads.start(epochs::synchronize);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        epochs.exit(first);
        Threads.awaitEnd(writer);
    }

    @Test
    void shouldNotWaitForReaderThatLeftForGood() throws Exception {
        epochs.enter(first);
        epochs.deregister(first);
        Threads.runElsewhere(epochs::synchronize);
        assertThat(epochs.register()).isEqualTo(first);
    }
}
