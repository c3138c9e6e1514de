package dev.steward.loadgen.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the highest rate at which a bound holds, from trials that may be wrong by chance.
 *
 * <p>A rate holds if it did so in {@value #NEEDED} of at most three trials. The rate is doubled (halved) until it
 * breaks (holds), then bisected on a logarithmic scale until the two are within {@value #RESOLUTION}. Then all of it
 * again, from the rate that was found and with small steps: only if both searches come within {@value #RESOLUTION} of
 * each other is the rate resolved; a third decides.
 *
 * <p>It is asked for the next rate and told what came of it, so that several searches can take turns. Threading: one
 * thread. Neither clock nor I/O.
 */
final class CapacitySearch {
    /** Largest ratio of two rates that count as the same. */
    static final double RESOLUTION = 1.1;
    /** Equal trials that decide a rate. */
    static final int NEEDED = 2;
    private static final int MAX_UNFIT = 3;
    private static final int MIN_ROUNDS = 2;
    private static final int MAX_ROUNDS = 3;
    private static final double FIRST_STEP = 2;
    private static final double LATER_STEP = 1.25;
    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    /** What a trial at a rate showed. */
    enum Outcome {
        /** The bound held. */
        HELD,
        /** It did not. */
        BROKEN,
        /** The generator could not offer the rate. */
        CEILING,
        /** Nothing: the cell cannot be believed. */
        UNFIT
    }

    /** Why a search ended, or that it has not. */
    enum End {
        /** Goes on. */
        NONE(null),
        /** The rate is known within the resolution, twice. */
        RESOLVED("found twice, within 10 %"),
        /** The searches disagree by more than the resolution. */
        UNSTEADY("three searches disagree, this is their median"),
        /** The generator, or the largest rate allowed, was reached with the bound held. */
        CEILING("held at all that can be offered"),
        /** The smallest rate allowed breaks the bound. */
        FLOOR("the lowest rate breaks the bound"),
        /** Cells at a rate could not be believed. */
        UNFIT("too many cells were INVALID"),
        /** Time was up. */
        BUDGET("time was up, this is what was known");

        private final String meaning;

        End(String meaning) {
            this.meaning = meaning;
        }

        /** As a result has it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** In a few words, for the line under the figures; empty for a word of none, as of a search that goes on. */
        static Optional<String> meaning(String word) {
            return Stream.of(values()).filter(end -> end.word().equals(word)).findFirst().map(end -> end.meaning);
        }
    }

    private final double minRate;
    private final double maxRate;
    private final List<Double> rounds = new ArrayList<>();
    private double step = FIRST_STEP;
    private double rate;
    private double low;
    private double high = Double.POSITIVE_INFINITY;
    private double highestHeld;
    private double lowestBroken = Double.POSITIVE_INFINITY;
    /** Whether the generator, and not the bound, decided {@link #high}. */
    private boolean highIsCeiling;
    private int held;
    private int broken;
    private int beyondGenerator;
    private int unfit;
    private int trials;
    private End end = End.NONE;

    /** Starts at a rate, and tries none below the smallest, which is above 0, or above the largest. */
    CapacitySearch(double startRate, double minRate, double maxRate) {
        this.minRate = minRate;
        this.maxRate = maxRate;
        rate = rounded(startRate);
    }

    /** Rate of the next trial, while there is no end. */
    double rate() {
        return rate;
    }

    End end() {
        return end;
    }

    int trials() {
        return trials;
    }

    /** Median of what the rounds found; before the first is over, the highest rate that held so far. */
    double heldRate() {
        if (rounds.isEmpty()) {
            return highestHeld;
        }
        List<Double> sorted = new ArrayList<>(rounds);
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Lowest rate above the held one that broke, infinite if none did. */
    double brokenRate() {
        return rounds.isEmpty() ? high : lowestBroken;
    }

    /** What each round found. */
    List<Double> rounds() {
        return List.copyOf(rounds);
    }

    /** Time is up. */
    void stop() {
        if (end == End.NONE) {
            end = End.BUDGET;
        }
    }

    void take(Outcome outcome) {
        trials++;
        switch (outcome) {
            case HELD -> held++;
            case UNFIT -> unfit++;
            default -> broken++;
        }
        beyondGenerator += outcome == Outcome.CEILING ? 1 : 0;
        if (held == NEEDED) {
            low = rate;
            highestHeld = Math.max(highestHeld, rate);
            decided();
        } else if (broken == NEEDED) {
            high = rate;
            highIsCeiling = beyondGenerator == NEEDED;
            decided();
        } else if (unfit == MAX_UNFIT) {
            end = End.UNFIT;
        }
    }

    private void decided() {
        held = 0;
        broken = 0;
        beyondGenerator = 0;
        unfit = 0;
        if (low >= maxRate) {
            finish(End.CEILING);
        } else if (high <= minRate) {
            finish(End.FLOOR);
        } else if (high / low <= RESOLUTION) {
            roundOver();
        } else if (low == 0) {
            rate = Math.max(minRate, rounded(high / step));
        } else if (Double.isInfinite(high)) {
            rate = Math.min(maxRate, rounded(low * step));
        } else {
            bisect();
        }
    }

    private void bisect() {
        rate = rounded(Math.sqrt(low * high));
        if (rate <= low || rate >= high) {
            // Nothing between them with these digits.
            roundOver();
        }
    }

    private void roundOver() {
        rounds.add(low);
        lowestBroken = high;
        double spread = Collections.max(rounds) / Collections.min(rounds);
        if (rounds.size() >= MIN_ROUNDS && spread <= RESOLUTION) {
            finish(highIsCeiling ? End.CEILING : End.RESOLVED);
        } else if (rounds.size() == MAX_ROUNDS) {
            finish(End.UNSTEADY);
        } else {
            rate = low;
            low = 0;
            high = Double.POSITIVE_INFINITY;
            step = LATER_STEP;
        }
    }

    private void finish(End how) {
        if (how == End.CEILING && rounds.isEmpty()) {
            rounds.add(low);
        }
        end = how;
    }

    private static double rounded(double rate) {
        return new BigDecimal(rate).round(DIGITS).doubleValue();
    }
}
