package dev.steward.loadgen.disturb;

import dev.steward.machine.CpuList;
import dev.steward.machine.Scheduling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A system of some CPUs, each thread on the first CPU that it may use; writes down what is asked of it. */
final class FakeThreads implements DisturbedThreads {
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final Map<Integer, BitSet> bound = new TreeMap<>();
    final Map<Integer, Scheduling> classes = new TreeMap<>();
    /** What happens while a thread sleeps. */
    volatile Runnable meanwhile = () -> { };
    int own;
    private final BitSet cpus;

    FakeThreads(String cpus) {
        this.cpus = CpuList.set(CpuList.parse(cpus));
    }

    @Override
    public BitSet cpus() {
        return cpus;
    }

    @Override
    public Optional<Integer> own() {
        return Optional.of(own);
    }

    @Override
    public Optional<Integer> cpu(int thread) {
        return Optional.of(bound.getOrDefault(thread, cpus).nextSetBit(0));
    }

    @Override
    public boolean bind(int thread, BitSet to) {
        bound.put(thread, to);
        asked.add(thread + " on " + CpuList.words(to));
        return true;
    }

    @Override
    public Optional<Scheduling> scheduling(int thread) {
        return Optional.of(classes.getOrDefault(thread, Scheduling.ORDINARY));
    }

    @Override
    public boolean schedule(int thread, Scheduling as) {
        classes.put(thread, as);
        asked.add(thread + " as " + as);
        return true;
    }

    @Override
    public void sleep(long ns) {
        asked.add("sleep " + ns);
        meanwhile.run();
    }
}
