package dev.steward.loadgen.record;

import dev.steward.engine.stream.Waiting;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.machine.Scheduling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * How the kernel schedules the threads of a cell, by {@code sched.*}. Where nothing is said, a handler on path ring is
 * SCHED_FIFO 50 where this process may, as the kernel runs a threaded interrupt handler (sched_set_fifo in irq_thread).
 *
 * <p>A thread of a real-time class keeps its core from all ordinary threads, so it must not spin for one of them: locks
 * give the core away by parking in the end, and a handler that drained its queue sleeps. On path inline it paces itself
 * and spins, so there it is an ordinary thread unless asked for.
 *
 * <p>Threading: any; each thread takes its own.
 */
public final class ThreadClasses {
    /** All threads stay ordinary ones. */
    static final ThreadClasses ORDINARY = new ThreadClasses(new EnumMap<>(ThreadRole.class), false, Scheduling::take);

    private static final Scheduling INTERRUPT_THREAD = Scheduling.of("fifo:50");
    private static final Set<String> NEVER_SLEEPS = Set.of(Waiting.SPIN.word(), Waiting.YIELD.word());

    private final Map<ThreadRole, Scheduling> asked;
    /** Whether that of the handler may be refused. */
    private final boolean handlerMayFail;
    private final ToIntFunction<Scheduling> taker;
    private volatile int handlerRefusal;

    private ThreadClasses(
        Map<ThreadRole, Scheduling> asked, boolean handlerMayFail, ToIntFunction<Scheduling> taker) {
        this.asked = asked;
        this.handlerMayFail = handlerMayFail;
        this.taker = taker;
    }

    /** Those of a cell. */
    public static ThreadClasses of(Scenario scenario, boolean ring) {
        return of(scenario, ring, Scheduling::take);
    }

    static ThreadClasses of(Scenario scenario, boolean ring, ToIntFunction<Scheduling> taker) {
        Map<ThreadRole, Scheduling> asked = new EnumMap<>(ThreadRole.class);
        boolean auto = scenario.text(ScenarioKey.SCHED_HANDLER).equals("auto");
        for (ThreadRole role : ThreadRole.values()) {
            if (role == ThreadRole.HANDLER && auto) {
                // One that never sleeps would keep its CPU from everything else on it.
                if (ring && !NEVER_SLEEPS.contains(scenario.text(ScenarioKey.WAIT_HANDLER))) {
                    asked.put(role, INTERRUPT_THREAD);
                }
            } else {
                asked.put(role, Scheduling.of(scenario.text(role.scheduling())));
            }
        }
        return new ThreadClasses(asked, auto, taker);
    }

    /**
     * Why this machine refuses one that a scenario asks for by name.
     *
     * @param tried says why a class cannot be had, or nothing.
     * @return a line for each.
     */
    public static List<String> refusals(Scenario scenario, Function<Scheduling, Optional<String>> tried) {
        List<String> refusals = new ArrayList<>();
        for (ThreadRole role : ThreadRole.values()) {
            String text = scenario.text(role.scheduling());
            if (!text.equals("auto") && !text.equals("other")) {
                tried.apply(Scheduling.of(text)).ifPresent(why -> refusals.add(
                    role.scheduling().key() + ": " + text + " is refused here (" + why + ")"));
            }
        }
        return refusals;
    }

    /**
     * The calling thread takes its class.
     *
     * @throws IllegalStateException if it is refused and was asked for by name.
     */
    void enter(String thread) {
        Optional<ThreadRole> role = ThreadRole.of(thread);
        Scheduling wanted = role.map(asked::get).orElse(null);
        if (wanted == null || wanted.equals(Scheduling.ORDINARY)) {
            return;
        }
        int error = taker.applyAsInt(wanted);
        if (error != 0 && role.get() == ThreadRole.HANDLER && handlerMayFail) {
            handlerRefusal = error;
        } else if (error != 0) {
            throw new IllegalStateException(
                role.get().scheduling().key() + ": " + wanted + " is refused here (error " + error + ")");
        }
    }

    /** Of the roles that asked for a class, in words. */
    public Map<ThreadRole, String> lines() {
        Map<ThreadRole, String> lines = new EnumMap<>(ThreadRole.class);
        asked.forEach((role, wanted) -> {
            if (role == ThreadRole.HANDLER && handlerRefusal != 0) {
                lines.put(role, "other: " + wanted + " is refused here (error " + handlerRefusal + ")");
            } else if (role == ThreadRole.HANDLER || !wanted.equals(Scheduling.ORDINARY)) {
                lines.put(role, wanted.toString());
            }
        });
        return lines;
    }

    /** The same before a thread has started: what was asked for is tried on a thread of its own. */
    public Map<ThreadRole, String> tried() {
        Map<ThreadRole, String> lines = lines();
        if (handlerMayFail) {
            lines.computeIfPresent(ThreadRole.HANDLER, (role, wanted) -> Scheduling.of(wanted).refusal()
                .map(why -> "other: " + wanted + " is refused here (" + why + ")").orElse(wanted));
        }
        return lines;
    }
}
