package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One turn of a contestant, a line of {@link #FILE}: a fresh engine under load for a short window in a JVM that has run
 * in. Turns of one round had the same arrivals within seconds of each other and are compared with each other only.
 * Immutable.
 *
 * @param generation generation of JVMs, 1 or more; each contestant has one in it
 * @param round      1 or more; 0 for a turn of the run-in, which is never compared
 * @param position   place in the round, 1 or more
 * @param kept       false if a rule that was fixed beforehand leaves it out, see {@link #marks}
 * @param marks      what disturbed the turn, by the words of the rule
 * @param figures    by tag
 * @param violations by oracle, those above 0
 * @param compiled   methods of the suite and its libraries that the optimizing compiler took up in the window, by the
 *                   JVM's compilation log; absent in older folders, or if there was no log
 * @param injectedFailures allocations that were made to fail; absent if none was to, and in older folders
 */
public record TurnRecord(
    @Within(POSITIVE) int generation, int round, @Within(POSITIVE) int position, String strategy, String path,
    boolean kept, List<String> marks, Map<String, Figure> figures, List<CellRecord.Rate> rates,
    CellRecord.Ledger ledger, @Within(POSITIVE) Map<String, Long> violations,
    @MayBeAbsent Integer compiled, @MayBeAbsent Long injectedFailures) {
    /** Name of the file in a result folder: one record as JSON on each line. */
    public static final String FILE = "turns.jsonl";

    /** Copies the collections. */
    public TurnRecord {
        marks = List.copyOf(marks);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        rates = List.copyOf(rates);
        violations = Collections.unmodifiableMap(new LinkedHashMap<>(violations));
    }

    /**
     * One operation in a turn.
     *
     * @param medianNs interpolated between the steps of the clock
     */
    public record Figure(long count, double medianNs) {
        /** Only where nothing was recorded is there no median. */
        public Figure {
            if (count > 0 && Double.isNaN(medianNs)) {
                throw new IllegalArgumentException("medianNs is not a number");
            }
        }
    }

    /** {@return the median of a histogram in nanoseconds; NaN if nothing of the kind was recorded} */
    public double medianNs(String tag) {
        Figure of = figures.get(tag);
        return of == null || of.count() == 0 ? Double.NaN : of.medianNs();
    }

    /** {@return the same turn among those of other runs, under another number of its generation: 1 or more} */
    public TurnRecord in(int otherGeneration) {
        return new TurnRecord(otherGeneration, round, position, strategy, path, kept, marks, figures, rates, ledger,
            violations, compiled, injectedFailures);
    }

    /**
     * Reads all turns of a result folder, in the order they were run. A last line that was cut short is left out.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static List<TurnRecord> readAll(Path folder) throws IOException {
        return readAll(WholeFile.ofResult(folder.resolve(FILE)));
    }

    /** Reads all turns of a file; throws as {@link #readAll(Path)} does. */
    public static List<TurnRecord> readAll(byte[] file) throws IOException {
        return JsonLines.read(file, TurnRecord.class);
    }
}
