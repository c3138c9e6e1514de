package dev.steward.loadgen.kernel;

import dev.steward.results.KernelResult.Bucket;
import dev.steward.results.KernelResult.Figure;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.KernelResult.Run;
import dev.steward.results.KernelResult.Violations;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A lock whose lines are being read. Not thread-safe. */
final class OpenMeasurement {
    private static final int BUCKETS = 64;

    private final ScaleLine begin;
    private final long beginLine;
    private final String lock;
    private final Run run;
    private final Map<String, ScaleLine> figures = new LinkedHashMap<>();
    private final Map<String, List<Bucket>> buckets = new LinkedHashMap<>();
    private long lines = 1;
    private ScaleLine end;

    /** @throws IllegalArgumentException if a field is missing or damaged; so do all other methods */
    OpenMeasurement(ScaleLine begin, long beginLine) {
        this.begin = begin;
        this.beginLine = beginLine;
        lock = begin.word("lock");
        run = new Run(begin.word("id"), begin.word("mode"), begin.small("entries"), begin.small("readers"),
            begin.small("attach_threads"), begin.small("event_rate"), begin.small("attach_rate"),
            begin.small("section_ns"), unsigned(begin.word("seed")), begin.small("warmup_ms"),
            begin.small("duration_ms"), begin.small("cpus"), begin.word("preempt"), begin.flag("checking"),
            begin.word("arch"), begin.word("kernel"));
    }

    private static long unsigned(String seed) {
        try {
            return Long.parseUnsignedLong(seed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("has no number in '" + Wording.shown("seed=" + seed) + "'", e);
        }
    }

    String id() {
        return run.id();
    }

    String lock() {
        return lock;
    }

    /** {@return whether this was the last line} */
    boolean add(ScaleLine line) {
        if (!line.word("id").equals(id()) || !line.word("lock").equals(lock)) {
            throw new IllegalArgumentException("is of lock '" + Wording.shown(line.word("lock")) + "' in run '"
                + Wording.shown(line.word("id")) + "', and the end of what began in line " + beginLine + " is missing");
        }
        lines++;
        switch (line.kind()) {
            case "figure" -> figures.put(key(line), line);
            case "buckets" -> addBuckets(line);
            default -> {
                if (line.number("lines") != lines) {
                    throw new IllegalArgumentException(
                        "counts " + line.number("lines") + " lines, and " + lines + " are there");
                }
                end = line;
            }
        }
        return end != null;
    }

    private static String key(ScaleLine line) {
        return line.small("thread") + " " + line.word("what");
    }

    private void addBuckets(ScaleLine line) {
        ScaleLine figure = figures.get(key(line));
        if (figure == null) {
            throw new IllegalArgumentException("has buckets of a figure that is missing");
        }
        List<Bucket> of = buckets.computeIfAbsent(key(line), key -> new ArrayList<>());
        for (String bucket : line.word("counts").split(",")) {
            String[] parts = bucket.split(":");
            if (parts.length != 2 || !parts[0].matches("\\d{1,2}") || !parts[1].matches("\\d{1,18}")
                || Integer.parseInt(parts[0]) >= BUCKETS) {
                throw new IllegalArgumentException("has no bucket in '" + Wording.shown(bucket) + "'");
            }
            of.add(new Bucket(Math.scalb(1.0, Integer.parseInt(parts[0]) + 1) / operations(figure),
                Long.parseLong(parts[1])));
        }
    }

    private static int operations(ScaleLine figure) {
        return Math.max(1, figure.small("per"));
    }

    Measurement toMeasurement() {
        return new Measurement(run, lock, begin.word("layout").equals("pointer"), begin.flag("control"),
            begin.number("clock_ns"),
            new Violations(end.number("torn"), end.number("late"), end.number("changed")),
            end.number("retries"), end.number("waits"), end.number("missed"), end.number("rests"),
            figures.entrySet().stream().map(one -> figure(one.getKey(), one.getValue())).toList());
    }

    private Figure figure(String key, ScaleLine line) {
        List<Bucket> of = buckets.getOrDefault(key, List.of());
        long values = line.number("count");
        if (of.stream().mapToLong(Bucket::values).sum() != values) {
            throw new IllegalArgumentException(
                "ends thread " + line.small("thread") + ", whose buckets do not add up to its " + values + " values");
        }
        double operations = operations(line);
        return new Figure(line.small("thread"), line.word("role"), line.small("cpu"), line.word("what"),
            operations(line), values, line.number("min") / operations, line.number("mean") / operations,
            line.number("max") / operations, of);
    }
}
