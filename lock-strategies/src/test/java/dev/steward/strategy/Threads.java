package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Interleavings without sleeping: wait until a thread waits, run something on another thread and be done with it. */
final class Threads {
    /** Far more than a loaded machine needs; only a hang meets it. */
    private static final long LIMIT_S = 120;

    private Threads() {
    }

    static Thread start(Runnable body) {
        Thread thread = new Thread(body, "test-helper");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns once the thread was seen waiting for somebody, or has ended: true if it was seen waiting. */
    static boolean awaitWaitingOrEnd(Thread thread) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (System.nanoTime() - deadlineNs < 0) {
            switch (thread.getState()) {
                case WAITING, TIMED_WAITING, BLOCKED:
                    if (waitsForOthers(thread)) {
                        return true;
                    }
                    Thread.onSpinWait();
                    break;
                case TERMINATED:
                    return false;
                case RUNNABLE:
                    // The JVM does not know that a thread sleeps in C.
                    if (isIn(thread, CLibrary.class, "callBlocking")) {
                        return true;
                    }
                    Thread.onSpinWait();
                    break;
                default:
                    Thread.onSpinWait();
            }
        }
        throw new AssertionError(thread + " neither waits nor ends");
    }

    /**
     * A thread may be seen waiting for a lock of the class path long before it comes to a lock of ours. By one look at
     * state and stack: on a busy machine it may be elsewhere before the second of two.
     */
    private static boolean waitsForOthers(Thread thread) {
        ThreadInfo look = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId(), Integer.MAX_VALUE);
        return look != null && look.getThreadState() != Thread.State.RUNNABLE && Arrays.stream(look.getStackTrace())
            .noneMatch(frame -> frame.getClassName().equals(ClassLoader.class.getName()));
    }

    private static boolean isIn(Thread thread, Class<?> type, String method) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame ->
            frame.getClassName().equals(type.getName()) && frame.getMethodName().equals(method));
    }

    /** Spins until it holds: a time-out of the test would only interrupt, which ends no loop. */
    static void awaitTrue(BooleanSupplier condition, String what) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadlineNs).as(what).isNegative();
            Thread.onSpinWait();
        }
    }

    static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
        assertThat(thread.isAlive()).as("%s has ended", thread.getName()).isFalse();
    }

    /** For a sink, which may not throw what a join throws. */
    static void joinUninterruptibly(Thread thread) {
        try {
            awaitEnd(thread);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** On another thread, since a re-entrant lock would let its own holder pass. */
    static void runElsewhere(Runnable body) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        start(() -> {
            try {
                body.run();
                done.complete(null);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        done.get(LIMIT_S, TimeUnit.SECONDS);
    }
}
