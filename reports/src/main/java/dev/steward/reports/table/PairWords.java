package dev.steward.reports.table;

import dev.steward.reports.summary.Contest;
import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;

/** What can be said of the second of a pair against the first, as a sentence without its subject. */
public final class PairWords {
    private PairWords() {
    }

    /** {@return the verdict in words, with what it rests on} */
    public static String sentence(Pair pair) {
        if (pair.verdict() != Verdict.NO_DIFFERENCE && pair.wide()) {
            // Without a verdict the next turns may say otherwise.
            return (pair.verdict() == Verdict.UNDECIDED ? "so far " : "")
                + (pair.ratioLow() >= 1 ? "worse by at least " + Amounts.share(pair.ratioLow() - 1)
                    : "better by at least " + Amounts.share(1 - pair.ratioHigh())) + ", " + difference(pair)
                + more(pair);
        }
        return switch (pair.verdict()) {
            case BETTER -> "better by " + better(pair) + ", " + lessTime(pair);
            case WORSE -> "worse by " + Amounts.share(pair.ratio() - 1, less1(pair.ratioLow()), less1(pair.ratioHigh()))
                + ", " + Amounts.time(pair.differenceNs(), pair.differenceLowNs(), pair.differenceHighNs());
            case NO_DIFFERENCE -> "no difference above " + Amounts.bound(Contest.largest(pair)) + ", "
                + Amounts.signedTime(pair.differenceNs(), pair.differenceLowNs(), pair.differenceHighNs());
            case UNDECIDED -> undecided(pair);
        };
    }

    /** {@return how much longer the second takes, with a sign; in words where the run cannot tell, or not how much} */
    public static String difference(Pair pair) {
        if (!pair.tells()) {
            return "cannot tell";
        }
        // A sign would turn it round: what is at least 2 us less is at most -2 us.
        return pair.wide() ? atLeast(pair) + (pair.ratioLow() >= 1 ? " more" : " less")
            : Amounts.signedTime(pair.differenceNs(), pair.differenceLowNs(), pair.differenceHighNs());
    }

    /** {@return the same of a wide pair without saying which of the two it is that takes longer} */
    static String atLeast(Pair pair) {
        return "at least " + Amounts.time(leastNs(pair));
    }

    /** {@return by how much the two of a wide pair differ at least: the bound that is nearer to 0, without its sign} */
    static double leastNs(Pair pair) {
        return Math.min(Math.abs(pair.differenceLowNs()), Math.abs(pair.differenceHighNs()));
    }

    private static String better(Pair pair) {
        return Amounts.share(1 - pair.ratio(), pair.ratioHigh() == null ? null : Double.valueOf(1 - pair.ratioHigh()),
            pair.ratioLow() == null ? null : Double.valueOf(1 - pair.ratioLow()));
    }

    private static String lessTime(Pair pair) {
        return Amounts.time(-pair.differenceNs(), negative(pair.differenceHighNs()), negative(pair.differenceLowNs()));
    }

    private static String undecided(Pair pair) {
        if (pair.ratioLow() == null) {
            return "too few repetitions for an interval" + more(pair);
        }
        return (pair.tells() ? range(pair.ratioLow(), pair.ratioHigh()) + ", " + difference(pair)
            : "this run cannot tell, not even whether one of them takes ten times as long") + more(pair);
    }

    private static String more(Pair pair) {
        return pair.minutesMore() == null ? ""
            : "; " + Amounts.minutes(pair.minutesMore()) + " would tell " + Amounts.share(pair.precision());
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
