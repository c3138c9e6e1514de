package dev.steward.loadgen.turn;

import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.util.List;
import java.util.Objects;

/**
 * When a new JVM has run in: after the planned cycles, if its compilers have hardly touched the turns of the last one.
 * How many that takes depends on the machine; on a slow one attaches still got faster by half from the first round that
 * counted to the fifth. It goes on only while the budget still holds the generations that verdicts need.
 *
 * @param planned cycles, 1 or more.
 * @param spareNs for all cycles of a JVM, so that enough generations fit.
 */
record RunIn(int planned, long spareNs) {
    /** Methods in all turns of a cycle. */
    static final int HARDLY = 2;
    /** So many times the planned cycles at most: some code is compiled again and again. */
    static final int LONGEST = 2;

    /**
     * That of the JVMs of one generation.
     *
     * @param aloneNs about how long all else of one JVM takes.
     * @param groups  of contestants, which take turns in having a generation.
     */
    static RunIn of(TurnSettings settings, int contestants, long aloneNs, int groups) {
        // One more than are needed: some take longer.
        long generations = (TurnPlan.FEWEST_GENERATIONS + 1L) * groups;
        return new RunIn(settings.runIn(), settings.budgetNs() / generations / Math.max(1, contestants) - aloneNs);
    }

    /**
     * Whether there is another cycle.
     *
     * @param done    cycles so far.
     * @param spentNs on them.
     * @param last    turns of the last cycle; those of a JVM without a log say nothing.
     */
    boolean goesOn(int done, long spentNs, List<TurnRecord> last) {
        int compiled =
            last.stream().map(TurnRecord::compiled).filter(Objects::nonNull).mapToInt(Integer::intValue).sum();
        return done < planned || compiled > HARDLY && done < LONGEST * planned && spentNs < spareNs;
    }

    /** How long a JVM that has spent so much may be waited for, see {@link Settling}. */
    long waitMs(long spentNs) {
        return spentNs < spareNs ? Settling.RUN_IN_MS : Settling.BETWEEN_TURNS_MS;
    }
}
