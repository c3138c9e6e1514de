package dev.steward.results;

import static dev.steward.results.Within.Range.BITS;
import static dev.steward.results.Within.Range.POSITIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The same locks in several worlds on one machine; written as {@code transfer.json} with these field names. A file with
 * the figures of one world alone, such as that of the kernel module, has the same form and is put in with others.
 * Immutable.
 *
 * @param createdAt   ISO-8601 UTC
 * @param environment facts about the machine, with the keys of a run; {@code compiler} names that of the twin
 * @param entries     of the table, each of 64 bytes
 * @param generations of fresh processes, each of which gave every figure one repeat
 */
public record TransferResult(
    String format, int version, String createdAt, String command, String stewardVersion, String commit,
    @Within(BITS) long seed, List<RunManifest.EnvironmentEntry> environment, @Within(POSITIVE) int entries,
    @Within(POSITIVE) int generations, long budgetMs, long tookMs,
    List<LockFigure> figures, List<Missing> missing, List<Control> controls) {
    /** Name of the file in a result folder. */
    public static final String FILE = "transfer.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-transfer";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;

    /** With fewer it says too little about how JVMs differ: it was interrupted. */
    public static final int FEWEST_GENERATIONS = 4;

    /** Copies the lists. */
    public TransferResult {
        environment = List.copyOf(environment);
        figures = List.copyOf(figures);
        missing = List.copyOf(missing);
        controls = List.copyOf(controls);
    }

    /**
     * Reads one.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static TransferResult read(Path file) throws IOException {
        return JsonFile.read(file, FORMAT, VERSION, TransferResult.class);
    }

    /** The same with other figures. */
    public TransferResult withFigures(List<LockFigure> others) {
        return new TransferResult(format, version, createdAt, command, stewardVersion, commit, seed, environment,
            entries, generations, budgetMs, tookMs, others, missing, controls);
    }

    /** How often a floor, which guards nothing, was caught beside a writer that never rests; 0: the oracle is blind. */
    public record Control(LockFigure.World world, String lock, long violations) {
    }

    /** A lock that one world has no figure of, and why. */
    public record Missing(LockFigure.World world, String lock, String reason) {
    }
}
