package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.steward.catalog.Strategies;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.OffHeap;
import dev.steward.engine.stream.StreamTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.ClassLayout;

/** The locks of the C library, where they can be called, and what is said where they cannot. */
class PthreadLockTest {
    /** At most 15 letters, all that the kernel keeps. */
    private static final String WRITER = "pthread-writer";
    private static final List<String> NEEDED = List.of("gnu_get_libc_version", "pthread_rwlock_tryrdlock");

    static Stream<Named<Strategy>> strategies() {
        return Stream.of("pthread-mutex", "pthread-mutex:adaptive", "pthread-mutex:pi", "pthread-rwlock",
            "pthread-rwlock:writers").map(name -> Named.of(name, Strategies.byName(name).orElseThrow()));
    }

    /** The kernel may know no priority inheritance, so here alone a refusal on a new JDK is no failure. */
    @ParameterizedTest
    @MethodSource("strategies")
    void shouldRunOrSayWhyNot(Strategy strategy) {
        assertThat(strategy.description().nativeCalls()).isTrue();
        if (Runtime.version().feature() < 22) {
            assertThat(strategy.refusal()).hasValue("JDK 22+ is needed, this is "
                + Runtime.version().feature());
        }
        GuardContext context = new GuardContext(StreamTable.linear(1), 1, GracePeriodListener.NONE);
        strategy.refusal().ifPresent(refusal -> {
            assertThatIllegalStateException().isThrownBy(() -> strategy.create(context)).withMessage(refusal);
            Assumptions.abort(refusal);
        });
        try (AttachmentGuard guard = strategy.create(context); AttachmentGuard.Reader reader = guard.registerReader()) {
            guard.commit(1, Attachment.of(2, 3));
            assertThat(reader.translate(1)).isEqualTo(Attachment.of(2, 3));
        }
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(CLibrary.refusal(21, "Linux", "64", NEEDED::contains)).isEqualTo("JDK 22+ is needed, this is 21");
        assertThat(CLibrary.refusal(25, "Mac OS X", "64", NEEDED::contains)).isEqualTo("a 64-bit Linux is needed");
        assertThat(CLibrary.refusal(25, "Linux", "32", NEEDED::contains)).isEqualTo("a 64-bit Linux is needed");
        NEEDED.forEach(missing -> assertThat(CLibrary.refusal(25, "Linux", "64", name -> !name.equals(missing)))
            .isEqualTo("glibc 2.34+ is needed"));
        assertThat(CLibrary.refusal(22, "Linux", "64", NEEDED::contains)).isNull();
    }

    @Test
    void shouldLeaveOutWhatCannotRunWithOneLine() {
        assertThat(Strategies.cannotRun(Strategies.all())).hasSizeLessThanOrEqualTo(1)
            .allSatisfy(line -> assertThat(line).startsWith("cannot run here: pthread-mutex, pthread-rwlock: ")
                .endsWith(CLibrary.refusal().orElseThrow()));
        assertThat(Strategies.runnable().size() == Strategies.all().size()).isEqualTo(CLibrary.refusal().isEmpty());
    }

    @Test
    void shouldCallTheLibrary() {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        assertThat(CLibrary.pair(-21)).isEqualTo(42);
        assertThat(CLibrary.version()).matches("glibc 2\\.[0-9]+");
    }

    static Stream<Named<SectionLock>> locks() {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        ContentionCounters counters = new ContentionCounters();
        return Stream.of(new PthreadMutex.Normal(counters), new PthreadMutex.Adaptive(counters),
            new PthreadRwLock.ReadersFirst(counters), new PthreadRwLock.WritersFirst(counters))
            .map(lock -> Named.of(lock.getClass().getSimpleName(), lock));
    }

    /** If the call that sleeps were a critical one, the collection would wait for the sleeper, who waits for us. */
    @ParameterizedTest
    @MethodSource("locks")
    void shouldHoldUpNoSafepointWhileItSleeps(SectionLock lock) throws InterruptedException {
        long token = lock.lockExclusive();
        AtomicBoolean inside = new AtomicBoolean();
        Thread waiter = Threads.start(() -> {
            long own = lock.lockShared(0);
            inside.set(true);
            lock.unlockShared(0, own);
        });
        assertThat(Threads.awaitWaitingOrEnd(waiter)).isTrue();
        System.gc();
        assertThat(inside).isFalse();
        lock.unlockExclusive(token);
        Threads.awaitEnd(waiter);
        assertThat(inside).isTrue();
        lock.close();
    }

    @Test
    void shouldLetReaderInPastWaitingWriterUnlessWritersGoFirst() throws InterruptedException {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        assertThat(letsReaderPastWaitingWriter(new PthreadRwLock.ReadersFirst(new ContentionCounters()))).isTrue();
        assertThat(letsReaderPastWaitingWriter(new PthreadRwLock.WritersFirst(new ContentionCounters()))).isFalse();
    }

    private static boolean letsReaderPastWaitingWriter(SectionLock lock) throws InterruptedException {
        long early = lock.lockShared(0);
        Thread writer = Threads.start(() -> {
            Thread.currentThread().setName(WRITER);
            lock.unlockExclusive(lock.lockExclusive());
        });
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        Threads.awaitTrue(PthreadLockTest::writerSleeps, "the writer has queued and sleeps");
        Thread late = Threads.start(() -> lock.unlockShared(1, lock.lockShared(1)));
        boolean waits = Threads.awaitWaitingOrEnd(late);
        lock.unlockShared(0, early);
        Threads.awaitEnd(writer);
        Threads.awaitEnd(late);
        lock.close();
        return !waits;
    }

    /** The JVM gives its threads their names in the kernel, too (proc_pid_stat(5)). */
    private static boolean writerSleeps() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.anyMatch(task -> {
                try {
                    return Files.readString(task.resolve("stat")).contains("(" + WRITER + ") S");
                } catch (IOException e) {
                    // it has ended
                    return false;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldGiveMemoryOfEachLockBackWhenClosed() {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        try (StreamTable table = StreamTable.linear(8)) {
            long before = directBytes();
            AttachmentGuard guard = Strategies.byName("pthread-rwlock:master").orElseThrow()
                .create(new GuardContext(table, 1, GracePeriodListener.NONE));
            assertThat(directBytes() - before).isGreaterThan(256L * OffHeap.PADDED_LENGTH);
            guard.close();
            guard.close();
            assertThat(directBytes()).isLessThanOrEqualTo(before);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    @Test
    void shouldStateFootprintWithTheObjectsThatKnowIt() {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        SectionLock lock = new PthreadMutex.Normal(new ContentionCounters());
        long objects = LongStream.of(size(lock.getClass()), size(OffHeap.class), size(UnsafeBuffer.class),
            size(new OffHeap(1).buffer().byteBuffer().getClass())).sum();
        assertThat(lock.statistics().footprintBytes()).isCloseTo(2 * OffHeap.PADDED_LENGTH + objects, within(16L));
        lock.close();
    }

    private static long size(Class<?> type) {
        return ClassLayout.parseClass(type).instanceSize();
    }

    /** Without the line that sleeps when somebody else is inside. */
    static final class TryingMutex extends PthreadLock {
        private static final MethodHandle TRYLOCK = CLibrary.quick("pthread_mutex_trylock", OF_POINTER);
        private static final MethodHandle UNLOCK = CLibrary.quick("pthread_mutex_unlock", OF_POINTER);
        private static final MethodHandle DESTROY = CLibrary.quick("pthread_mutex_destroy", OF_POINTER);

        TryingMutex() {
            super(new ContentionCounters());
            initialise("mutex", "settype", 0);
        }

        @Override
        public long lockExclusive() {
            return CLibrary.call(TRYLOCK, address);
        }

        @Override
        public void unlockExclusive(long token) {
            if (token == 0) {
                CLibrary.call(UNLOCK, address);
            }
        }

        @Override
        MethodHandle destroy() {
            return DESTROY;
        }
    }
}
