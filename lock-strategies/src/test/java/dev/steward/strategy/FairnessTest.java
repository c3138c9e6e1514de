package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.stream.Waiting;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who goes first, where a lock promises it. */
class FairnessTest {
    private long nowNs;

    @Test
    void shouldLetLateReaderWaitBehindWaitingWriterWhenQueued() throws InterruptedException {
        assertLateReaderWaits(new QueuedRwLock(LockWaits.uncounted(Waiting.SPIN)));
    }

    @Test
    void shouldLetLateReaderWaitBehindWaitingWriterWhenWritersArePreferred() throws InterruptedException {
        assertLateReaderWaits(new WritersFirstRwSemaphore(new ContentionCounters()));
    }

    @Test
    void shouldLetLateReaderWaitBehindQueuedWriterWhenReadersOwnSemaphore() throws InterruptedException {
        assertLateReaderWaits(new RwSemaphore(LockWaits.uncounted(Waiting.SPIN_PARK)));
    }

    @Test
    void shouldLetLateReaderWaitForOneWriterWhenPhaseFair() throws InterruptedException {
        assertLateReaderWaits(new PhaseFairLock(LockWaits.uncounted(Waiting.SPIN)));
    }

    /** The other half would be that of the only one inside, with a token that is not its own. */
    @Test
    void shouldOverrideBothHalvesOfTheReadersSideOrNeither() throws Exception {
        Path classes = Path.of(SectionLock.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        int both = 0;
        for (File file : classes.resolve("dev/steward/strategy").toFile().listFiles(File::isFile)) {
            Class<?> type = Class.forName("dev.steward.strategy." + file.getName().replace(".class", ""));
            List<String> declared = Stream.of(type.getDeclaredMethods()).map(Method::getName).toList();
            if (SectionLock.class.isAssignableFrom(type)) {
                assertThat(declared.contains("lockShared")).as(type.getName())
                    .isEqualTo(declared.contains("unlockShared"));
                both += declared.contains("lockShared") ? 1 : 0;
            }
        }
        assertThat(both).isGreaterThan(5);
    }

    private static void assertLateReaderWaits(SectionLock lock) throws InterruptedException {
        long early = lock.lockShared(0);
        AtomicBoolean written = new AtomicBoolean();
        AtomicBoolean readAfterWrite = new AtomicBoolean();
        Thread writer = Threads.start(() -> {
            long token = lock.lockExclusive();
            written.set(true);
            lock.unlockExclusive(token);
        });
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        Thread late = Threads.start(() -> {
            long token = lock.lockShared(1);
            readAfterWrite.set(written.get());
            lock.unlockShared(1, token);
        });
        assertThat(Threads.awaitWaitingOrEnd(late)).isTrue();
        lock.unlockShared(0, early);
        Threads.awaitEnd(writer);
        Threads.awaitEnd(late);
        assertThat(readAfterWrite).isTrue();
    }

    @Test
    void shouldServeTicketsInOrderOfArrival() throws InterruptedException {
        TicketLock lock = new TicketLock(LockWaits.uncounted(Waiting.SPIN));
        StringBuilder order = new StringBuilder();
        long token = lock.lockExclusive();
        Thread first = inTurn(lock, order, "first ");
        Thread second = inTurn(lock, order, "second");
        lock.unlockExclusive(token);
        Threads.awaitEnd(first);
        Threads.awaitEnd(second);
        assertThat(order).hasToString("first second");
    }

    private static Thread inTurn(SectionLock lock, StringBuilder order, String name) {
        Thread thread = Threads.start(() -> {
            long token = lock.lockExclusive();
            order.append(name);
            lock.unlockExclusive(token);
        });
        assertThat(Threads.awaitWaitingOrEnd(thread)).isTrue();
        return thread;
    }

    @Test
    void shouldRevokeBiasForWriterAndGiveItBackWhenItHasPaidOff() {
        BravoLock lock = new BravoLock(() -> nowNs += 10, new ContentionCounters());
        assertThat(lock.biased()).isTrue();
        long token = lock.lockExclusive();
        assertThat(lock.biased()).as("while it is written").isFalse();
        lock.unlockExclusive(token);
        lock.unlockShared(0, lock.lockShared(0));
        assertThat(lock.biased()).as("nine times the revocation has not passed").isFalse();
        nowNs += 1_000;
        lock.unlockShared(0, lock.lockShared(0));
        assertThat(lock.biased()).isTrue();
        assertThat(lock.statistics().readerWaits()).as("revocations").isOne();
    }

    @Test
    void shouldWaitForReaderThatOnlyTheTableOfBiasedReadersKnows() throws InterruptedException {
        BravoLock lock = new BravoLock(() -> 0, new ContentionCounters());
        long token = lock.lockShared(0);
        Thread writer = Threads.start(() -> lock.unlockExclusive(lock.lockExclusive()));
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        lock.unlockShared(0, token);
        Threads.awaitEnd(writer);
    }

    @Test
    void shouldSpreadBiasedReadersOverTheTable() {
        long slots =
            IntStream.range(0, 64).map(reader -> BravoLock.slotOf(reader, 7)).distinct().count();
        assertThat(slots).isGreaterThan(55);
    }

    static Stream<Named<SectionLock>> semaphores() {
        return Stream.of(
            Named.of("rwsem", new RwSemaphore(LockWaits.uncounted(Waiting.SPIN_PARK))),
            Named.of("rwsem:writers-first", new WritersFirstRwSemaphore(new ContentionCounters())));
    }

    @ParameterizedTest
    @MethodSource("semaphores")
    void shouldKeepInterruptOfThreadThatSleptForSemaphore(SectionLock lock) throws InterruptedException {
        long token = lock.lockExclusive();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread reader = Threads.start(() -> {
            lock.unlockShared(0, lock.lockShared(0));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        assertThat(Threads.awaitWaitingOrEnd(reader)).isTrue();
        reader.interrupt();
        lock.unlockExclusive(token);
        Threads.awaitEnd(reader);
        assertThat(interrupted).isTrue();
    }
}
