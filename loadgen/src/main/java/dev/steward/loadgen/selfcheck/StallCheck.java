package dev.steward.loadgen.selfcheck;

import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Whether a stall at one place comes back. The machine stalls by itself at times, so there is a fixed number of
 * attempts and all of them are judged together: a comparison holds if it does in more than half of them.
 *
 * <p>By the binomial distribution: a right generator on a machine that spoils one attempt in four passes a
 * comparison in 95 % of checks; a wrong one that comes within five percent by chance in one attempt of ten passes
 * it in 0.1 %. As many failures must come on a quiet machine for the generator to be called wrong, so that one that
 * fails in one quiet attempt of ten is, in 0.1 %.
 */
final class StallCheck {
    static final int ATTEMPTS = 9;
    static final int MOST = ATTEMPTS / 2 + 1;

    private StallCheck() {
    }

    /**
     * What one attempt saw.
     *
     * @param rows  the comparisons, the same in each attempt; none if the stall did not happen.
     * @param quiet whether the machine was quiet, judged apart from what is tested.
     */
    record Attempt(List<StallTail.Row> rows, boolean quiet) {
    }

    /**
     * Makes all attempts and judges them.
     *
     * @param attempts makes one, by its number from 0.
     * @return one finding for the check and one for each comparison.
     */
    static List<SelfTestFinding> run(String title, IntFunction<Attempt> attempts) {
        List<Attempt> made = IntStream.range(0, ATTEMPTS).mapToObj(attempts)
            .filter(attempt -> !attempt.rows().isEmpty()).toList();
        if (made.isEmpty()) {
            return List.of(SelfTestFinding.truth(title, "a stall", "none", Verdict.UNCLEAR));
        }
        List<SelfTestFinding> rows = IntStream.range(0, made.get(0).rows().size())
            .mapToObj(row -> judge(row, made)).toList();
        long fewest = IntStream.range(0, rows.size()).mapToLong(row -> held(row, made)).min().orElse(0);
        List<SelfTestFinding> findings = new ArrayList<>();
        findings.add(SelfTestFinding.truth(title, MOST + " of " + ATTEMPTS + " attempts", Long.toString(fewest),
            rows.stream().map(SelfTestFinding::verdict).max(Comparator.comparing(StallCheck::weight)).orElseThrow()));
        findings.addAll(rows);
        return findings;
    }

    private static long held(int row, List<Attempt> made) {
        return made.stream().filter(attempt -> attempt.rows().get(row).ok()).count();
    }

    private static SelfTestFinding judge(int row, List<Attempt> made) {
        boolean holds = held(row, made) >= MOST;
        long quietFailures = made.stream().filter(attempt -> attempt.quiet() && !attempt.rows().get(row).ok()).count();
        StallTail.Row shown = made.stream().map(attempt -> attempt.rows().get(row))
            .filter(one -> one.ok() == holds).findFirst().orElse(made.get(0).rows().get(row));
        return SelfTestFinding.truth("  " + shown.check(), shown.expected(), shown.seen(),
            holds ? Verdict.PASS : quietFailures >= MOST ? Verdict.FAIL : Verdict.UNCLEAR);
    }

    private static int weight(Verdict verdict) {
        return List.of(Verdict.PASS, Verdict.UNCLEAR, Verdict.FAIL).indexOf(verdict);
    }
}
