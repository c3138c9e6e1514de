package dev.steward.loadgen.selfcheck;

import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Whether a stall at one place comes back, over several attempts: the machine stalls by itself at times, and then a
 * single attempt proves nothing either way.
 */
final class StallCheck {
    /** A wrong generator does not come within five percent in largest, number and spread, twice, by chance. */
    static final int PASSES = 2;
    /** Attempts that failed although the machine was quiet around them; so many in a row are no bad luck. */
    static final int QUIET_FAILURES = 4;
    private static final int MAX_ATTEMPTS = 16;

    private StallCheck() {
    }

    /**
     * What one attempt saw.
     *
     * @param quiet whether the machine was quiet, judged apart from what is tested.
     */
    record Attempt(List<StallTail.Row> rows, boolean quiet) {
        boolean passed() {
            return rows.stream().allMatch(StallTail.Row::ok);
        }
    }

    /**
     * Attempts until it is clear.
     *
     * @param attempts makes one, by its number from 0.
     * @return one finding for the check and one for each comparison of the attempt that decided.
     */
    static List<SelfTestFinding> run(String title, IntFunction<Attempt> attempts) {
        int passed = 0;
        int quietFailures = 0;
        int made = 0;
        Attempt shown = null;
        while (made < MAX_ATTEMPTS && passed < PASSES && (passed > 0 || quietFailures < QUIET_FAILURES)) {
            Attempt attempt = attempts.apply(made++);
            if (attempt.passed()) {
                passed++;
                shown = attempt;
            } else {
                quietFailures += attempt.quiet() ? 1 : 0;
                shown = passed > 0 ? shown : attempt;
            }
        }
        Verdict verdict = verdict(passed, quietFailures);
        List<SelfTestFinding> findings = new ArrayList<>();
        findings.add(SelfTestFinding.truth(title, PASSES + " attempts", passed + " of " + made, verdict));
        for (StallTail.Row row : shown.rows()) {
            findings.add(SelfTestFinding.truth(
                "  " + row.check(), row.expected(), row.seen(), row.ok() ? Verdict.PASS
                    : verdict == Verdict.FAIL ? Verdict.FAIL : Verdict.UNCLEAR));
        }
        return findings;
    }

    private static Verdict verdict(int passed, int quietFailures) {
        if (passed >= PASSES) {
            return Verdict.PASS;
        }
        return passed == 0 && quietFailures >= QUIET_FAILURES ? Verdict.FAIL : Verdict.UNCLEAR;
    }
}
