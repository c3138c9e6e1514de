package dev.steward.reports.table;

import dev.steward.reports.summary.Contest;
import dev.steward.results.Verdicts.Pair;

/** What can be said of the second of a pair against the first, as a sentence without its subject. */
public final class PairWords {
    private PairWords() {
    }

    /** {@return the verdict in words, with what it rests on} */
    public static String sentence(Pair pair) {
        return switch (pair.verdict()) {
            case BETTER -> "better by " + better(pair) + ", " + lessTime(pair);
            case WORSE -> "worse by " + Amounts.share(pair.ratio() - 1, less1(pair.ratioLow()), less1(pair.ratioHigh()))
                + ", " + Amounts.time(pair.differenceNs(), pair.differenceLowNs(), pair.differenceHighNs());
            case NO_DIFFERENCE -> "no difference above " + Amounts.bound(Contest.largest(pair)) + ", "
                + Amounts.signedTime(pair.differenceNs(), pair.differenceLowNs(), pair.differenceHighNs());
            case UNDECIDED -> undecided(pair);
        };
    }

    private static String better(Pair pair) {
        return Amounts.share(1 - pair.ratio(), pair.ratioHigh() == null ? null : Double.valueOf(1 - pair.ratioHigh()),
            pair.ratioLow() == null ? null : Double.valueOf(1 - pair.ratioLow()));
    }

    private static String lessTime(Pair pair) {
        return Amounts.time(-pair.differenceNs(), negative(pair.differenceHighNs()), negative(pair.differenceLowNs()));
    }

    private static String undecided(Pair pair) {
        String more = pair.minutesMore() == null ? ""
            : "; " + Amounts.minutes(pair.minutesMore()) + " would tell " + Amounts.share(pair.precision());
        if (pair.ratioLow() == null) {
            return "too few repetitions for an interval" + more;
        }
        return range(pair.ratioLow(), pair.ratioHigh()) + ", "
            + Amounts.signedTime(pair.differenceNs(), pair.differenceLowNs(), pair.differenceHighNs()) + more;
    }

    private static String range(double low, double high) {
        if (low < 1 && high > 1) {
            return "between " + side(low) + " and " + side(high);
        }
        double near = low >= 1 ? low : high;
        double far = low >= 1 ? high : low;
        return "between " + Amounts.share(Math.abs(near - 1)) + " and " + side(far);
    }

    private static String side(double ratio) {
        return Amounts.share(Math.abs(ratio - 1)) + (ratio < 1 ? " better" : " worse");
    }

    private static Double less1(Double ratio) {
        return ratio == null ? null : Double.valueOf(ratio - 1);
    }

    private static Double negative(Double ns) {
        return ns == null ? null : Double.valueOf(-ns);
    }
}
