package dev.steward.loadgen.record;

import dev.steward.machine.HardwareCounters;
import dev.steward.machine.PerfCounters;
import dev.steward.machine.TaskFiles;
import dev.steward.results.ThreadRuns;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches how the threads of a cell run: reads the kernel's counts of each just before the measured window and at its
 * end, and in between, at most four times a second, the CPU that each is on. Nothing of it runs on a watched thread but
 * when that thread starts and ends: it opens its hardware counters itself, and one that ends before the window does
 * leaves its counts.
 *
 * <p>Threading: {@link #begins} and {@link #ends} on any thread, of itself; the rest on that of the cell.
 */
public final class ThreadWatch implements Runnable, CellPart {
    /** Reading the counts of ten threads takes less than 1 ms; so it falls into the warm-up. */
    private static final long BEFORE_NS = 2_000_000;
    private static final long BETWEEN_LOOKS_NS = 250_000_000;
    /** A look leaves garbage, and a long window is not to be collected for it. */
    private static final int MOST_LOOKS = 40;

    private final Clock clock;
    private final Window window;
    private final Placement placement;
    private final Machine machine;
    /** Guarded by itself. */
    private final TreeMap<String, Watched> watched = new TreeMap<>();
    private int looks;
    private int hardwareError;
    private boolean userOnly;
    private Thread thread;

    /** Where the counts come from. */
    record Machine(
        Supplier<Optional<TaskFiles>> own, Supplier<HardwareCounters> hardware, JvmThreads jvm, Path tasks) {
        static Machine here() {
            return new Machine(
                TaskFiles::own, PerfCounters::open, JvmThreads.here(), Path.of("/proc/self/task"));
        }
    }

    public ThreadWatch(Clock clock, Window window, Placement placement) {
        this(clock, window, placement, Machine.here());
    }

    ThreadWatch(Clock clock, Window window, Placement placement, Machine machine) {
        this.clock = clock;
        this.window = window;
        this.placement = placement;
        this.machine = machine;
    }

    /** Loads the classes that a watch needs, before the schedule of a cell is made: later there is no time. */
    public static void rehearse() {
        Machine here = Machine.here();
        here.own.get().ifPresent(TaskFiles::look);
        here.jvm.found();
        try (HardwareCounters counters = here.hardware.get()) {
            counters.read();
        }
    }

    /** The calling thread starts: it opens its counters. */
    void begins(String name) {
        machine.own.get().ifPresent(files -> {
            HardwareCounters counters = machine.hardware.get();
            synchronized (watched) {
                hardwareError = Math.max(hardwareError, counters.error());
                userOnly |= counters.userOnly();
                watched.put(name, new Watched(files, counters));
            }
        });
    }

    /** The calling thread ends. */
    void ends(String name) {
        Watched own;
        synchronized (watched) {
            own = watched.get(name);
        }
        if (own != null) {
            own.end();
            own.counters.close();
        }
    }

    @Override
    public void start(Threads threads) {
        threads.watchedBy(this);
        thread = threads.start("watch", this);
    }

    @Override
    public void stop(Threads threads) {
        threads.join(thread);
    }

    @Override
    public void run() {
        long due = window.measureFromNs() - BEFORE_NS;
        if (!sleepUntil(due)) {
            return;
        }
        machine.jvm.found().forEach((number, name) -> {
            synchronized (watched) {
                watched.put(name + " " + number, new Watched(TaskFiles.of(machine.tasks, number), null));
            }
        });
        each(Watched::begin);
        long between = Math.max(BETWEEN_LOOKS_NS, (window.measureToNs() - window.measureFromNs()) / MOST_LOOKS);
        for (due += between; window.measureToNs() - due > 0; due += between) {
            if (!sleepUntil(due)) {
                return;
            }
            each(Watched::look);
        }
        if (sleepUntil(window.measureToNs())) {
            each(Watched::end);
        }
    }

    private boolean sleepUntil(long dueNs) {
        for (long now = clock.nowNs(); now - dueNs < 0; now = clock.nowNs()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(dueNs - now);
        }
        return true;
    }

    private void each(Consumer<Watched> what) {
        looks++;
        synchronized (watched) {
            watched.values().forEach(what);
        }
    }

    @Override
    public void addTo(CellReport report) {
        synchronized (watched) {
            boolean counted = watched.values().stream().anyMatch(Watched::counted);
            report.threadRuns(new ThreadRuns(
                looks, !counted ? ThreadRuns.NONE : userOnly ? ThreadRuns.USER : ThreadRuns.ALL,
                counted || hardwareError == 0 ? null : hardwareError,
                watched.entrySet().stream().flatMap(one -> one.getValue().run(one.getKey()).stream()).toList()));
        }
    }

    private record Snapshot(TaskFiles.Look look, HardwareCounters.Count[] hardware) {
    }

    /** One thread; the one that watches and the thread itself may both come to its end. */
    private final class Watched {
        private final TaskFiles files;
        /** Null for a thread of the JVM. */
        private final HardwareCounters counters;
        private final BitSet seen = new BitSet();
        private Snapshot from;
        private Snapshot to;

        private Watched(TaskFiles files, HardwareCounters counters) {
            this.files = files;
            this.counters = counters;
            from = snapshot();
        }

        /** A thread that ended before, as the watch was held up, is counted from its start. */
        private synchronized void begin() {
            if (to == null) {
                from = snapshot();
            }
        }

        private synchronized void look() {
            if (to == null) {
                files.cpu().ifPresent(seen::set);
            }
        }

        private synchronized void end() {
            if (to == null) {
                to = snapshot();
            }
        }

        private Snapshot snapshot() {
            return files.look().map(look -> {
                seen.set(look.cpu());
                return new Snapshot(look, counters == null ? null : counters.read());
            }).orElse(null);
        }

        private synchronized boolean counted() {
            return to != null && to.hardware != null;
        }

        private synchronized Optional<ThreadRuns.OfThread> run(String name) {
            if (from == null || to == null) {
                return Optional.empty();
            }
            boolean ofJvm = counters == null;
            return Optional.of(new ThreadRuns.OfThread(
                name, ofJvm ? "jvm" : ThreadRole.of(name).map(ThreadRole::label).orElse("other"),
                ofJvm ? placement.jvmCpus() : placement.boundTo(name), seen.stream().boxed().toList(),
                to.look.scheduling().toString(),
                difference(from.look.voluntarySwitches(), to.look.voluntarySwitches()),
                difference(from.look.involuntarySwitches(), to.look.involuntarySwitches()),
                difference(from.look.migrations(), to.look.migrations()),
                difference(from.look.pageFaults(), to.look.pageFaults()),
                hardware(HardwareCounters.Event.CYCLES), hardware(HardwareCounters.Event.INSTRUCTIONS),
                hardware(HardwareCounters.Event.CACHE_MISSES)));
        }

        private Long hardware(HardwareCounters.Event event) {
            if (from.hardware == null || to.hardware == null) {
                return null;
            }
            HardwareCounters.Count end = to.hardware[event.ordinal()];
            return end == null ? null : end.since(from.hardware[event.ordinal()]);
        }

        private static Long difference(Long from, Long to) {
            return from == null || to == null ? null : Long.valueOf(to - from);
        }
    }
}
