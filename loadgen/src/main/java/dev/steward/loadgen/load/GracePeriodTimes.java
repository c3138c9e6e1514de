package dev.steward.loadgen.load;

import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.CostSource;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.strategy.KernelGracePeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Grace periods that take time: those of the running kernel, or as long as the setting or a measured distribution says.
 * What is to be done after one is done by a thread of its own, all that has come together after the same one
 * (call_rcu()).
 *
 * <p>Threading: any.
 */
public final class GracePeriodTimes implements GracePeriodInput {
    private static final long IDLE_S = 10;
    /** A sleep ends later by the slack of the kernel's timers (50 us) and a switch, so the end is waited for awake. */
    private static final long OVERSLEPT_NS = 100_000;

    private final Clock clock;
    private final Runnable wait;
    private final Executor executor;
    // Both under the monitor.
    private final List<Runnable> callbacks = new ArrayList<>();
    private boolean serving;

    GracePeriodTimes(Clock clock, Runnable wait, Executor executor) {
        this.clock = clock;
        this.wait = wait;
        this.executor = executor;
    }

    /** What the setting asks for, for the guard of one SMMU, with the seed of the repeat. */
    public static GracePeriodInput of(Scenario scenario, Clock clock, int smmu, long seed) {
        return switch (scenario.text(ScenarioKey.GRACE)) {
            case "model" -> GracePeriodInput.NONE;
            case "kernel" -> new GracePeriodTimes(clock, KernelGracePeriod::await, newExecutor());
            default -> {
                long ownSeed = Randomness.derive(seed, "grace-periods-" + smmu);
                yield new GracePeriodTimes(
                    clock,
                    drawn(scenario.cost(ScenarioKey.GRACE).source(ownSeed), ns -> sleep(clock, ns)),
                    newExecutor());
            }
        };
    }

    /** Draws one length for each wait, by any thread, and sleeps as long. */
    static Runnable drawn(CostSource source, LongConsumer sleep) {
        return () -> {
            long ns;
            synchronized (source) {
                ns = source.nextNs();
            }
            sleep.accept(ns);
        };
    }

    private static void sleep(Clock clock, long ns) {
        long endNs = clock.nowNs() + ns;
        boolean interrupted = false;
        for (long leftNs = ns; leftNs > 0; leftNs = endNs - clock.nowNs()) {
            if (leftNs > OVERSLEPT_NS) {
                LockSupport.parkNanos(leftNs - OVERSLEPT_NS);
                interrupted |= Thread.interrupted();
            } else {
                Thread.onSpinWait();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One thread, which ends when it has had nothing to do for a while. */
    private static Executor newExecutor() {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
            1, 1, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
                Thread thread = new Thread(body, "grace-periods");
                thread.setDaemon(true);
                return thread;
            });
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    @Override
    public void await() {
        wait.run();
    }

    @Override
    public synchronized void call(Runnable callback) {
        callbacks.add(callback);
        if (!serving) {
            serving = true;
            executor.execute(this::serve);
        }
    }

    private void serve() {
        for (List<Runnable> due = takeDue(); !due.isEmpty(); due = takeDue()) {
            wait.run();
            due.forEach(Runnable::run);
        }
    }

    private synchronized List<Runnable> takeDue() {
        List<Runnable> due = List.copyOf(callbacks);
        callbacks.clear();
        serving = !due.isEmpty();
        return due;
    }

    @Override
    public long nowNs() {
        return clock.nowNs();
    }
}
