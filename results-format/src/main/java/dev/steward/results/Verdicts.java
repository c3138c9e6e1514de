package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;
import static dev.steward.results.Within.Range.SHARE;
import static dev.steward.results.Within.Range.SIGNED;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What {@code verdicts.json} says: each contestant of a run with its median, and each pair with its difference.
 * Immutable.
 *
 * @param run       name of it
 * @param pairLevel lowest level of the interval of any pair, 0 to 1
 */
public record Verdicts(
    String format, int version, String run, @Within(SHARE) double pairLevel,
    List<Standing> standings, List<Pair> pairs) {
    /** Name of the file in a result folder. */
    public static final String FILE = "verdicts.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-verdicts";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;
    /** Of bounds that lie so many times apart the outer one says nothing. */
    private static final double FAR = 100;

    /** Copies the lists. */
    public Verdicts {
        standings = List.copyOf(standings);
        pairs = List.copyOf(pairs);
    }

    /**
     * Reads those of a result folder.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static Verdicts read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), FORMAT, VERSION, Verdicts.class);
    }

    /** What can be said of the second against the first. */
    public enum Verdict {
        /** Faster: the whole interval lies below the first. */
        @JsonProperty("better") BETTER,
        /** Slower: the whole interval lies above the first. */
        @JsonProperty("worse") WORSE,
        /** The whole interval lies within the wanted precision. */
        @JsonProperty("no difference") NO_DIFFERENCE,
        /** The interval holds both a difference that counts and none. */
        @JsonProperty("undecided") UNDECIDED;

        /** {@return how it is printed and stands in files: lower-case words} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** {@return the verdict on the first against the second: better and worse change places} */
        public Verdict flipped() {
            return switch (this) {
                case BETTER -> WORSE;
                case WORSE -> BETTER;
                default -> this;
            };
        }
    }

    /**
     * One contestant, not compared: JVMs and machine are in its interval.
     *
     * @param lowNs  null with fewer than two generations, as is {@code highNs}
     */
    public record Standing(
        String path, String figure, String strategy, @Within(POSITIVE) double medianNs, @MayBeAbsent Double lowNs,
        @MayBeAbsent Double highNs, @Within(POSITIVE) int generations) {
    }

    /**
     * One pair; the bounds are null with fewer than two generations.
     *
     * @param ratio        second by first
     * @param differenceNs second less first, at the median of the first
     * @param precision    wanted half-width of the ratio's interval, as a share
     * @param generations  in which both were
     * @param rounds       over all generations
     * @param minutesMore  about so many would decide; null if decided or not to be told
     */
    public record Pair(
        String path, String figure, String first, String second, Verdict verdict,
        @Within(POSITIVE) double ratio, @MayBeAbsent Double ratioLow, @MayBeAbsent Double ratioHigh,
        @Within(SIGNED) double differenceNs, @MayBeAbsent @Within(SIGNED) Double differenceLowNs,
        @MayBeAbsent @Within(SIGNED) Double differenceHighNs, @Within(POSITIVE) double precision,
        @Within(POSITIVE) int generations, @Within(POSITIVE) int rounds, @MayBeAbsent Double minutesMore) {
        /** Where a run cannot even rule out so many times more, or less, its figures say nothing. */
        private static final double UNTOLD = 10;

        /** {@return whether the run tells anything of the pair; without an interval it tells the difference alone} */
        public boolean tells() {
            return ratioLow == null || ratioLow >= 1 || ratioHigh <= 1
                || ratioLow > 1 / UNTOLD && ratioHigh < UNTOLD;
        }

        /** {@return whether the run tells which of the two takes longer, and by how much at least, but no more} */
        public boolean wide() {
            return ratioLow != null && (ratioLow >= 1 || ratioHigh <= 1) && farApart(ratioLow, ratioHigh);
        }

        /** {@return the same pair seen from the other side: the first against the second} */
        public Pair flipped() {
            return new Pair(path, figure, second, first, verdict.flipped(), 1 / ratio,
                ratioHigh == null ? null : 1 / ratioHigh, ratioLow == null ? null : 1 / ratioLow, -differenceNs,
                negative(differenceHighNs), negative(differenceLowNs), precision, generations, rounds, minutesMore);
        }

        private static Double negative(Double ns) {
            return ns == null ? null : Double.valueOf(-ns);
        }
    }

    /** {@return whether two bounds, both above 0, lie so far apart that the outer one says nothing} */
    public static boolean farApart(double low, double high) {
        return high / low > FAR;
    }

    /** {@return the most generations in which any of the pairs has met; 0 without any} */
    public static int mostGenerations(List<Pair> pairs) {
        return pairs.stream().mapToInt(Pair::generations).max().orElse(0);
    }
}
