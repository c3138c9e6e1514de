package dev.steward.loadgen.record;

import dev.steward.machine.Cpus;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Which thread of a cell runs on which CPUs. Each handler has one for itself, on the CPUs that are left the others
 * share; with a CPU for every thread, each has its own. Which thread shares the handler's CPU is the largest noise of
 * all where nothing is bound: the VMM's wake-up costs an event twice as much from another CPU.
 *
 * <p>A thread binds itself, so that those of the JVM, its compilers above all, stay free.
 *
 * <p>Threading: any.
 */
public final class Placement {
    /** Threads are not bound. */
    public static final Placement FREE = new Placement("not bound", Map.of(), new BitSet());

    private static final String HANDLER = "handler-";

    private final String whyFree;
    private final Map<String, BitSet> own;
    private final BitSet others;
    private final AtomicInteger refusal = new AtomicInteger();

    private Placement(String whyFree, Map<String, BitSet> own, BitSet others) {
        this.whyFree = whyFree;
        this.own = own;
        this.others = others;
    }

    /**
     * Places the threads of a cell on the CPUs that this process may use.
     *
     * @param handlers one for each SMMU.
     * @param busy     names of all other threads that may want to run all the time.
     */
    public static Placement of(int handlers, List<String> busy) {
        return of(handlers, busy, Allowed.CPUS);
    }

    /** The same on the CPUs named, the best for a handler first. */
    static Placement of(int handlers, List<String> busy, List<Integer> cpus) {
        if (cpus.size() < 2) {
            return new Placement(cpus.isEmpty() ? "not bound: the CPUs are not known here" : "not bound: one CPU",
                Map.of(), new BitSet());
        }
        Map<String, BitSet> own = new HashMap<>();
        int alone = Math.min(handlers, cpus.size() - 1);
        for (int i = 0; i < handlers; i++) {
            own.put(HANDLER + i, set(cpus.subList(i % alone, i % alone + 1)));
        }
        List<Integer> rest = cpus.subList(alone, cpus.size());
        if (rest.size() >= busy.size()) {
            for (int i = 0; i < busy.size(); i++) {
                own.put(busy.get(i), set(rest.subList(i, i + 1)));
            }
        }
        return new Placement(null, own, set(rest));
    }

    private static BitSet set(List<Integer> cpus) {
        BitSet set = new BitSet();
        cpus.forEach(set::set);
        return set;
    }

    /** Looked up once: a JVM makes a cell for each of its turns. */
    private static final class Allowed {
        private static final List<Integer> CPUS = Cpus.allowed();
    }

    /** Binds the calling thread. */
    void bind(String thread) {
        if (whyFree == null) {
            int error = Cpus.bind(own.getOrDefault(thread, others));
            refusal.compareAndSet(0, error);
        }
    }

    /** Where threads run, or why they run anywhere; the same words for threads that share. */
    public Map<String, String> lines() {
        if (whyFree != null || refusal.get() != 0) {
            return Map.of("all", whyFree != null ? whyFree : "not bound: refused here (error " + refusal.get() + ")");
        }
        Map<String, String> lines = new TreeMap<>();
        own.forEach((thread, cpus) -> lines.put(thread, words(cpus)));
        lines.put("others", words(others));
        return lines;
    }

    /** Whether threads are bound, as far as they have started. */
    public boolean bound() {
        return whyFree == null && refusal.get() == 0;
    }

    private static String words(BitSet cpus) {
        return "CPU " + cpus.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
