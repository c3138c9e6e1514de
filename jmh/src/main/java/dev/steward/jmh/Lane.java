package dev.steward.jmh;

import dev.steward.machine.Cpus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Plays {@link TranslateBenchmark}, {@link ReadersBenchmark} and {@link ChurnBenchmark} of one strategy in this JVM,
 * for as long as an order says, where JMH would fork: so that JVMs and the twin in C can take turns of a tenth of a
 * second. What is measured is the code of the benchmarks; what is around it, threads and clock, is that of the twin.
 *
 * <p>Threading: one order at a time.
 */
final class Lane {
    private static final int WARM_UP = 0;
    private static final int MEASURE = 1;
    private static final int STOP = 2;
    private static final String JMH_SAYS =
        "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.";

    private final String strategy;
    private volatile int phase;

    Lane(String strategy) {
        this.strategy = strategy;
    }

    /** What one reader did. */
    static final class Reading {
        long operations;
        long ns;
        private long torn;

        /** Nothing, if one call took all of the measured phase: what it counted before is warm-up. */
        void measured(long done, long startNs) {
            operations = startNs == 0 ? 0 : done;
            ns = startNs == 0 ? 0 : System.nanoTime() - startNs;
        }
    }

    /** {@return ns=..., operations=..., violations=..., commits=..., commit_ns=...} */
    String play(LaneOrder order) throws InterruptedException {
        GuardState state = new GuardState();
        state.strategy = strategy;
        state.entries = order.entries();
        state.open(order.readers());
        try {
            return play(order, state);
        } finally {
            state.tearDown();
        }
    }

    private String play(LaneOrder order, GuardState state) throws InterruptedException {
        int threads = order.readers() + order.writers();
        Phaser start = new Phaser(threads + 1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        PacedWriter writer = new PacedWriter();
        phase = WARM_UP;
        for (int i = 0; i < threads; i++) {
            int number = i;
            Runnable body;
            if (i < order.readers()) {
                Reading reading = new Reading();
                readings.add(reading);
                body = () -> read(order, state, number, start, reading);
            } else {
                body = () -> write(order, state, start, writer);
            }
            Thread thread = new Thread(() -> {
                try {
                    bind(order.cpusOf(number));
                    body.run();
                } catch (Throwable t) {
                    failure.compareAndSet(null, t);
                    phase = STOP;
                } finally {
                    // Whoever fails early arrives all the same, so that nobody waits for it.
                    start.arriveAndDeregister();
                }
            }, "lane-" + i);
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
        start.arriveAndAwaitAdvance();
        Thread.sleep(order.warmUpMs());
        if (failure.get() == null) {
            phase = MEASURE;
            Thread.sleep(order.ms());
        }
        phase = STOP;
        for (Thread thread : running) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get().toString(), failure.get());
        }
        return answer(order, readings, writer);
    }

    private static void bind(BitSet cpus) {
        int error = cpus.isEmpty() ? 0 : Cpus.bind(cpus);
        if (error != 0) {
            throw new IllegalStateException("CPU " + cpus + " cannot be used here (error " + error + ")");
        }
    }

    private static String answer(LaneOrder order, List<Reading> readings, PacedWriter writer) {
        double ns = 0;
        long operations = 0;
        long violations = 0;
        for (Reading reading : readings) {
            if (reading.operations == 0) {
                throw new IllegalStateException("a reader did nothing in " + order.ms() + " ms");
            }
            ns += (double) reading.ns / reading.operations / readings.size();
            operations += reading.operations;
            violations += reading.torn;
        }
        return String.format(Locale.ROOT, "ns=%.4f operations=%d violations=%d commits=%d commit_ns=%.1f", ns,
            operations, violations, writer.timedCommits,
            writer.timedCommits == 0 ? 0.0 : (double) writer.timedCommitsNs / writer.timedCommits);
    }

    private void read(LaneOrder order, GuardState state, int number, Phaser start, Reading reading) {
        Blackhole blackhole = new Blackhole(JMH_SAYS);
        TranslateBenchmark.Checks checks = new TranslateBenchmark.Checks();
        GuardState.ReaderState reader = new GuardState.ReaderState();
        EventSource source = new EventSource();
        source.sectionTokens = order.tokens();
        source.streams = "shared";
        source.setUp(state, number, order.readers());
        reader.register(state, number);
        try {
            start.arriveAndAwaitAdvance();
            if (order.report()) {
                report(reader, source, blackhole, reading);
            } else {
                translate(reader, checks, blackhole, reading);
            }
            reading.torn = checks.torn;
        } finally {
            reader.deregister();
        }
    }

    private void translate(
        GuardState.ReaderState reader, TranslateBenchmark.Checks checks, Blackhole blackhole, Reading reading) {
        long operations = 0;
        long startNs = 0;
        for (int now = phase; now != STOP; now = phase) {
            if (now == MEASURE && startNs == 0) {
                operations = 0;
                startNs = System.nanoTime();
            }
            TranslateBenchmark.translate(reader, checks, blackhole);
            operations += GuardState.ReaderState.BATCH;
        }
        reading.measured(operations, startNs);
    }

    private void report(
        GuardState.ReaderState reader, EventSource source, Blackhole blackhole, Reading reading) {
        long operations = 0;
        long startNs = 0;
        for (int now = phase; now != STOP; now = phase) {
            if (now == MEASURE && startNs == 0) {
                operations = 0;
                startNs = System.nanoTime();
            }
            source.drain(reader, blackhole);
            operations += GuardState.ReaderState.BATCH;
        }
        reading.measured(operations, startNs);
    }

    private void write(LaneOrder order, GuardState state, Phaser start, PacedWriter writer) {
        WriterState next = new WriterState();
        next.setUp(state);
        writer.begin(order.rate(), state);
        try {
            start.arriveAndAwaitAdvance();
            while (phase != STOP) {
                writer.write(state, next);
            }
        } finally {
            writer.end();
        }
    }
}
