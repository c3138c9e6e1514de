package dev.steward.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a search for the capacity found; written as {@code capacity.json} with these field names. Immutable. */
public record CapacityResult(
    String format, int version, String status, String command, String slo, String find, String path, long budgetMs,
    long tookMs, Map<String, String> scenario, List<OfStrategy> strategies) {
    /** Name of the file in the folder of a search. */
    public static final String FILE = "capacity.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-capacity";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;

    /** Copies the list. */
    public CapacityResult {
        strategies = List.copyOf(strategies);
    }

    /**
     * Reads that of a search.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static CapacityResult read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), FORMAT, VERSION, CapacityResult.class);
    }

    /** One strategy. */
    public record OfStrategy(
        String strategy, double heldPerSecond, @MayBeAbsent Double brokenPerSecond, List<Double> rounds, String end,
        @MayBeAbsent String reason, List<Trial> trials) {
        /** Copies the lists. */
        public OfStrategy {
            rounds = List.copyOf(rounds);
            trials = List.copyOf(trials);
        }
    }

    /** One cell. */
    public record Trial(String id, double perSecond, String outcome, String seen) {
    }
}
