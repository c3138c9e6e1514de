package dev.steward.loadgen.record;

import dev.steward.loadgen.scenario.Pin;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.machine.CpuList;
import dev.steward.machine.CpuTopology;
import dev.steward.machine.Cpus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Gives each thread of a cell its CPUs. Lists come first, then the handlers, then threads that are placed as seen from
 * a handler, then the rest. A thread gets the CPU that the fewest have so far, the best of them by its setting.
 *
 * <p>Threading: one thread, once.
 */
final class PlacementPlan {
    private final Map<ThreadRole, Pin> pins;
    private final Pin jvm;
    private final BitSet allowed;
    private final CpuTopology topology;
    private final List<Integer> best;
    /** In the order in which they are placed; null: not bound. */
    private final Map<String, BitSet> own = new LinkedHashMap<>();
    private final Map<Integer, Integer> uses = new HashMap<>();
    private final BitSet handlers = new BitSet();
    private BitSet others;
    /** Whether busy threads run on {@link #others} together. */
    private boolean shared;

    /**
     * Makes a plan of nothing yet.
     *
     * @param allowed  CPUs that this process may use, at least one.
     * @param topology of the machine.
     */
    PlacementPlan(Map<ThreadRole, Pin> pins, Pin jvm, BitSet allowed, CpuTopology topology) {
        this.pins = pins;
        this.jvm = jvm;
        this.allowed = allowed;
        this.topology = topology;
        best = Cpus.bestFirst(allowed, topology);
    }

    /**
     * Places threads.
     *
     * @param threads all that may want to run all the time, by name.
     * @throws IllegalArgumentException with the setting and why it cannot be had, in a line.
     */
    Placement place(List<String> threads) {
        pins.forEach((role, pin) -> refuseUnknown(role.pin(), pin));
        refuseUnknown(ScenarioKey.PIN_JVM, jvm);
        placeLists(threads);
        placeHandlers(of(threads, ThreadRole.HANDLER, Pin.Manner.AUTO));
        for (Pin.Manner manner : List.of(
            Pin.Manner.COMPACT, Pin.Manner.SPREAD, Pin.Manner.SAME_LLC, Pin.Manner.OTHER_NODE)) {
            for (ThreadRole role : ThreadRole.values()) {
                of(threads, role, manner).forEach(thread -> take(thread, candidates(role.pin(), manner), by(manner)));
            }
        }
        placeRest(threads);
        return new Placement(own, others, shared, jvm(), allowed, topology);
    }

    private List<String> of(List<String> threads, ThreadRole role, Pin.Manner manner) {
        return threads.stream().filter(thread -> ThreadRole.of(thread).filter(role::equals).isPresent()
            && pins.get(role).manner() == manner).toList();
    }

    private void refuseUnknown(ScenarioKey key, Pin pin) {
        BitSet online = CpuList.set(topology.cpus().stream().map(CpuTopology.Cpu::number).toList());
        for (int cpu : pin.cpus()) {
            if (!online.isEmpty() && !online.get(cpu)) {
                throw refused(key, "CPU " + cpu + " does not exist or is offline; there are " + CpuList.words(online));
            }
            if (!allowed.get(cpu)) {
                throw refused(key, "CPU " + cpu + " is not one that this process may use (cpuset or affinity); it may "
                    + "use " + CpuList.words(allowed));
            }
        }
    }

    private static IllegalArgumentException refused(ScenarioKey key, String why) {
        return new IllegalArgumentException(key.key() + ": " + why);
    }

    private void placeLists(List<String> threads) {
        for (ThreadRole role : ThreadRole.values()) {
            List<Integer> cpus = pins.get(role).cpus();
            List<String> listed = of(threads, role, Pin.Manner.LIST);
            for (int i = 0; i < listed.size(); i++) {
                give(listed.get(i), cpus.get(i % cpus.size()));
            }
            of(threads, role, Pin.Manner.NONE).forEach(thread -> own.put(thread, null));
        }
    }

    /** With at least one CPU left over for all others, even if handlers then share. */
    private void placeHandlers(List<String> threads) {
        List<Integer> free = free();
        int alone = Math.min(threads.size(), free.size() - 1);
        for (int i = 0; alone > 0 && i < threads.size(); i++) {
            give(threads.get(i), free.get(i % alone));
        }
    }

    /** CPUs that no thread has so far, the best first; all if there are none. */
    private List<Integer> free() {
        List<Integer> unused = unused();
        return unused.isEmpty() ? best : unused;
    }

    private List<Integer> unused() {
        return best.stream().filter(cpu -> !uses.containsKey(cpu)).toList();
    }

    private void placeRest(List<String> threads) {
        List<String> rest = new ArrayList<>();
        for (ThreadRole role : ThreadRole.values()) {
            if (role != ThreadRole.HANDLER) {
                rest.addAll(of(threads, role, Pin.Manner.AUTO));
            }
        }
        List<Integer> free = unused();
        List<Integer> unhandled = best.stream().filter(cpu -> !handlers.get(cpu)).toList();
        List<Integer> left = free.isEmpty() ? unhandled : free;
        if (free.size() >= rest.size()) {
            rest.forEach(thread -> take(thread, free, by(Pin.Manner.AUTO)));
            left = unhandled;
        } else {
            shared = true;
        }
        others = CpuList.set(left.isEmpty() ? best : left);
    }

    private void give(String thread, int cpu) {
        own.put(thread, CpuList.set(List.of(cpu)));
        uses.merge(cpu, 1, Integer::sum);
        if (ThreadRole.of(thread).filter(ThreadRole.HANDLER::equals).isPresent()) {
            handlers.set(cpu);
        }
    }

    private void take(String thread, List<Integer> from, Comparator<Integer> by) {
        give(thread, from.stream().min(
            Comparator.<Integer>comparingInt(cpu -> uses.getOrDefault(cpu, 0)).thenComparing(by)).orElseThrow());
    }

    /** Of two CPUs with the same result the better one. */
    private Comparator<Integer> by(Pin.Manner manner) {
        Comparator<Integer> order = switch (manner) {
            case COMPACT -> Comparator.comparingInt(cpu -> topology.distance(cpu, anchor()));
            case SPREAD -> Comparator.<Integer>comparingInt(this::nearestTaken).reversed();
            default -> Comparator.<Integer>comparingInt(cpu -> nearestTaken(cpu) <= 1 ? 1 : 0)
                .thenComparing(cpu -> topology.distance(cpu, anchor()));
        };
        return order.thenComparing(best::indexOf);
    }

    private int nearestTaken(int cpu) {
        return uses.keySet().stream().mapToInt(taken -> topology.distance(cpu, taken)).min()
            .orElse(CpuTopology.FARTHEST);
    }

    /** The CPU of the first handler; the best one while none has any. */
    private int anchor() {
        return handlers.isEmpty() ? best.get(0) : handlers.nextSetBit(0);
    }

    private List<Integer> candidates(ScenarioKey key, Pin.Manner manner) {
        CpuTopology.Cpu from = topology.cpu(anchor());
        boolean near = manner == Pin.Manner.SAME_LLC;
        if (manner != Pin.Manner.OTHER_NODE && !near) {
            return best;
        }
        IntPredicate fits = near ? cpu -> topology.cpu(cpu).cache() == from.cache()
            : cpu -> topology.cpu(cpu).node() != from.node();
        if ((near ? from.cache() : from.node()) == CpuTopology.UNKNOWN) {
            throw refused(key, manner.word() + ": the kernel does not tell which "
                + (near ? "last-level cache" : "memory node") + " CPU " + from.number() + " has");
        }
        List<Integer> found = best.stream().filter(fits::test).toList();
        if (found.isEmpty()) {
            throw refused(key, manner.word() + ": all CPUs that may be used (" + CpuList.words(allowed)
                + ") are on node " + from.node());
        }
        return found;
    }

    /** Null: not bound. */
    private BitSet jvm() {
        BitSet cpus = (BitSet) allowed.clone();
        if (jvm.manner() == Pin.Manner.NONE) {
            return null;
        }
        if (jvm.manner() == Pin.Manner.LIST) {
            return CpuList.set(jvm.cpus());
        }
        if (jvm.manner() != Pin.Manner.AUTO) {
            return CpuList.set(candidates(ScenarioKey.PIN_JVM, jvm.manner()));
        }
        uses.keySet().forEach(cpus::clear);
        if (shared) {
            cpus.andNot(others);
        }
        return cpus.isEmpty() ? null : cpus;
    }
}
