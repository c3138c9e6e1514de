package dev.steward.loadgen.kernel;

import dev.steward.loadgen.log.KernelMessages;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.KernelResult;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the lines of {@code stewardscale} out of a kernel log, whatever stands before each and between them. A lock
 * counts only if all its lines are there. Not thread-safe.
 */
public final class ScaleLog {
    private final String name;
    private final String wantedId;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private OpenMeasurement open;
    private boolean orphaned;
    private long found;
    private long lines;

    private ScaleLog(String name, String wantedId) {
        this.name = name;
        this.wantedId = wantedId;
    }

    /**
     * What a log holds. Immutable.
     *
     * @param result   locks whose lines are all there
     * @param problems what could not be read and why locks are left out, one line each, with file and line
     * @param failures what the module itself refused or did not finish, one line each
     * @param notes    what is damaged where the module printed nothing, one line each, with file and line
     */
    public record Content(
        KernelResult result, List<String> problems, List<String> failures, List<String> notes) {
        /** Copies the lists. */
        public Content {
            problems = List.copyOf(problems);
            failures = List.copyOf(failures);
            notes = List.copyOf(notes);
        }

        Content and(Content later) {
            return new Content(KernelResult.of(joined(result.measurements(), later.result.measurements())),
                joined(problems, later.problems), joined(failures, later.failures), joined(notes, later.notes));
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }

        /** Locks that promise exclusion and had a violation. */
        public List<Measurement> violated() {
            return result.measurements().stream().filter(one -> !one.control() && one.violations().total() > 0)
                .toList();
        }
    }

    /** Something that is skipped, in words with its place. */
    private record Damage(long line, String what) {
    }

    /** From the first line of a run to its last. */
    private record Span(String id, long first, long last) {
    }

    /**
     * Reads a log, plain or packed; {@code -} for standard input.
     *
     * @throws KernelException if it holds no line of the module, or lines of a newer one
     * @throws IOException     if it is no text or cannot be read
     */
    public static Content read(Path log) throws IOException {
        return read(log, null);
    }

    /** As above, the run of one id alone; null for all. */
    static Content read(Path log, String id) throws IOException {
        ScaleLog reader = new ScaleLog(log.toString(), id);
        List<KernelException> newer = new ArrayList<>();
        KernelMessages.read(log, (message, number) -> {
            reader.lines++;
            ScaleLine line = ScaleLine.of(message);
            if (line == null) {
                return;
            }
            if (line.version() != ScaleLine.VERSION) {
                newer.add(new KernelException(log + ":" + number + ": lines of stewardscale in version "
                    + line.version() + ", this reader knows " + ScaleLine.VERSION + ": use the Steward of the module"));
                return;
            }
            reader.line(line, number);
        }, (what, number) -> reader.damages.add(new Damage(number, log + ":" + number + ": " + what)),
            (what, number) -> reader.problems.add(log + ":" + number + ": " + what));
        if (!newer.isEmpty()) {
            throw newer.get(0);
        }
        return reader.end();
    }

    private void line(ScaleLine line, long number) {
        if (wantedId != null && !wantedId.equals(line.fields().get("id"))) {
            return;
        }
        found++;
        within(line.fields().get("id"), number);
        if (line.kind().equals("refused")) {
            failures.add("the module refused " + line.text());
            return;
        }
        try {
            take(line, number);
        } catch (IllegalArgumentException e) {
            leaveOut(number, "the line " + e.getMessage());
        }
    }

    private void within(String id, long number) {
        Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (last != null && last.id.equals(id)) {
            spans.set(spans.size() - 1, new Span(id, last.first, number));
        } else if (id != null) {
            spans.add(new Span(id, number, number));
        }
    }

    private void take(ScaleLine line, long number) {
        switch (line.kind()) {
            case "begin" -> {
                if (open != null) {
                    leaveOut(number, "the next one begins here");
                }
                open = new OpenMeasurement(line, number);
                orphaned = false;
            }
            case "stopped" -> {
                failures.add(name + ":" + number + ": the run '" + line.word("id") + "' was stopped (error "
                    + line.word("error") + ")");
                open = null;
            }
            case "figure", "buckets", "end" -> {
                if (open == null) {
                    orphan(line, number);
                } else if (open.add(line)) {
                    measurements.add(open.toMeasurement());
                    open = null;
                }
            }
            default -> throw new IllegalArgumentException(
                "is of the unknown kind '" + Wording.shown(line.kind()) + "'");
        }
    }

    /** The ring buffer of a kernel forgets its oldest lines: said once. */
    private void orphan(ScaleLine line, long number) {
        if (!orphaned) {
            problems.add(name + ":" + number + ": the beginning of lock '" + line.word("lock") + "' in run '"
                + line.word("id") + "' is missing: it is left out");
            orphaned = true;
        }
        orphaned = !line.kind().equals("end");
    }

    private void leaveOut(long number, String why) {
        problems.add(name + ":" + number + ": " + (open == null ? why
            : "lock '" + open.lock() + "' of run '" + open.id() + "' is left out: " + why));
        open = null;
        orphaned = true;
    }

    private Content end() throws KernelException {
        if (found == 0) {
            throw new KernelException(name + ": no line of stewardscale in " + lines
                + " lines; a kernel log of a run of the module is needed" + (wantedId == null ? ""
                : " (run '" + wantedId + "')") + Stream.concat(problems.stream(), damages.stream()
                    .map(Damage::what)).findFirst().map(what -> "; " + what).orElse(""));
        }
        if (open != null) {
            leaveOut(lines, "the log ends before its last line");
        }
        List<String> notes = new ArrayList<>();
        for (Damage damage : damages) {
            // Between the lines of a run it may have hidden a lock as a whole; elsewhere the log is of others.
            boolean inside = spans.stream().anyMatch(run -> run.first < damage.line && damage.line < run.last);
            (inside ? problems : notes).add(damage.what);
        }
        return new Content(KernelResult.of(measurements), problems, failures, notes);
    }
}
