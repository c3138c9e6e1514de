package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run took turns, in {@code run.json}. Immutable.
 *
 * @param windowMs    measured part of a turn
 * @param runIn       parts of the rehearsal of a new JVM, each followed by a turn that does not count; at least so many
 * @param rounds      rounds of a generation that count
 * @param generations generations of JVMs that were run to their end
 * @param budgetMs    time that all turns were given
 * @param spentMs     time that they took
 * @param look        at which of the planned looks the run ended, 1 to {@code looks}; 0 before the first
 * @param looks       how many times the verdicts were planned to be looked at, at equal parts of the budget
 * @param precision   wanted half-width of an interval as a share of the figure, by {@code figure.path}
 * @param placement   which thread ran on which CPUs
 * @param log         what was written of these generations; null in older folders, and while none has ended
 */
public record TurnPlan(
    @Within(POSITIVE) long windowMs, int runIn, @Within(POSITIVE) int rounds, int generations, long budgetMs,
    long spentMs, int look, @Within(POSITIVE) int looks, @Within(POSITIVE) Map<String, Double> precision,
    List<Placed> placement, @MayBeAbsent Log log) {
    /** With fewer there is no verdict. */
    public static final int FEWEST_GENERATIONS = 6;

    /** Copies the collections. */
    public TurnPlan {
        precision = Collections.unmodifiableMap(new LinkedHashMap<>(precision));
        placement = List.copyOf(placement);
    }

    /**
     * The begin of {@link TurnRecord#FILE}, which binds it to its run.
     *
     * @param lines  how many
     * @param digest hexadecimal digits, the begin of a SHA-256 of these lines
     */
    public record Log(int lines, String digest) {
        /**
         * {@return that of all lines that are there now}
         *
         * @throws IOException if they cannot be read
         */
        public static Log of(Path folder) throws IOException {
            byte[] bytes = WholeFile.bytes(folder.resolve(TurnRecord.FILE));
            int lines = 0;
            for (byte octet : bytes) {
                lines += octet == '\n' ? 1 : 0;
            }
            return new Log(lines, Digest.of(bytes, CellRecord.LOG_DIGITS));
        }

        /**
         * Checks that a file still has them; what was added later does not matter.
         *
         * @throws IOException with a one-line reason, without the file's name, if it has not
         */
        public void require(byte[] bytes) throws IOException {
            int found = 0;
            int end = 0;
            for (int i = 0; i < bytes.length && found < lines; i++) {
                if (bytes[i] == '\n') {
                    found++;
                    end = i + 1;
                }
            }
            if (found < lines) {
                throw new IOException("has " + found + " lines, and " + lines + " were written with the run");
            }
            if (!Digest.of(Arrays.copyOf(bytes, end), CellRecord.LOG_DIGITS).equals(digest)) {
                throw new IOException("is not what was written with the run (its digest is another one)");
            }
        }
    }

    /**
     * Where the threads of one role ran.
     *
     * @param thread role and path
     * @param cpus   as {@code taskset} writes them, or why they were not bound
     */
    public record Placed(String thread, String cpus) {
    }

    /** {@return the key of a figure on a path in {@link #precision}} */
    public static String key(TurnFigure figure, String path) {
        return figure.label() + "." + path;
    }
}
