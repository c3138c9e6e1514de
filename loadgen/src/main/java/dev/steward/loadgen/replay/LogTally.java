package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.log.LogKind;
import dev.steward.results.ReplaySummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what was used of logs and what was not, and why.
 *
 * <p>Threading: one thread.
 */
final class LogTally {
    private static final int MAX_NOTES = 20;
    private static final int KINDS = LogKind.values().length;

    private final long[] events = new long[KINDS];
    private final long[] attaches = new long[KINDS];
    private final Map<String, ReplaySummary.Skipped> skipped = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private String log = "";
    private long suppressed;
    private long overflows;

    void begin(String logName) {
        log = logName;
    }

    void used(LogKind kind, LogAction action) {
        (action == LogAction.EVENT ? events : attaches)[kind.ordinal()]++;
    }

    void skipped(String kind, String reason, long line) {
        skipped.merge(
            kind + ' ' + reason,
            new ReplaySummary.Skipped(kind, reason, 1, log + ":" + line),
            (known, one) -> new ReplaySummary.Skipped(kind, reason, known.count() + 1, known.first()));
    }

    void note(long line, String what) {
        if (notes.size() < MAX_NOTES) {
            notes.add(log + ":" + line + ": " + what);
        }
    }

    void suppressed(long calls) {
        suppressed += calls;
    }

    void overflows(long lines) {
        overflows += lines;
    }

    long suppressed() {
        return suppressed;
    }

    long overflows() {
        return overflows;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<ReplaySummary.Skipped> skipped() {
        return List.copyOf(skipped.values());
    }

    List<ReplaySummary.Used> used() {
        List<ReplaySummary.Used> used = new ArrayList<>();
        for (LogKind kind : LogKind.values()) {
            if (events[kind.ordinal()] + attaches[kind.ordinal()] > 0) {
                used.add(new ReplaySummary.Used(kind.label(), events[kind.ordinal()], attaches[kind.ordinal()]));
            }
        }
        return used;
    }
}
