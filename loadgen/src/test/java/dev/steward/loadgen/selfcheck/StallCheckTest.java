package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.loadgen.record.FakeClock;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallCheckTest {
    /** P passed, q failed on a quiet machine, n failed on a noisy one, - had no stall. */
    @ParameterizedTest
    @CsvSource({
        "PPPPPPPPP, PASS, 9",
        "qnPnPPqPP, PASS, 5",
        "PPPPqqqqq, FAIL, 4",
        "qqqqqqqqq, FAIL, 0",
        "qqqqnnnnn, UNCLEAR, 0",
        "PPPPqqqqn, UNCLEAR, 4",
        "PPPP-----, UNCLEAR, 4",
        "PPPPP----, PASS, 5",
    })
    void shouldJudgeAllAttemptsTogether(String attempts, Verdict verdict, String seen) {
        List<SelfTestFinding> findings = StallCheck.run("stall", number -> attempt(attempts.charAt(number)));

        assertThat(findings).hasSize(2);
        assertThat(findings).extracting(SelfTestFinding::verdict).containsOnly(verdict);
        assertThat(findings.get(0).seen()).isEqualTo(seen);
        assertThat(findings.get(1).check()).isEqualTo("  row");
        assertThat(findings.get(1).seen().equals("right")).as("what it shows")
            .isEqualTo(verdict == Verdict.PASS || !attempts.matches(".*[qn].*"));
    }

    /** One comparison may be spoiled in one attempt and the next in another: each is judged by all attempts. */
    @Test
    void shouldJudgeEachComparisonByItself() {
        List<SelfTestFinding> findings = StallCheck.run("stall", number -> new StallCheck.Attempt(List.of(
            new StallTail.Row("first", "x", "y", number < 5),
            new StallTail.Row("second", "x", "y", number > 5)), true));

        assertThat(findings).extracting(SelfTestFinding::verdict)
            .containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void shouldProveNothingWithoutAStall() {
        assertThat(StallCheck.run("stall", number -> attempt('-'))).extracting(SelfTestFinding::verdict)
            .containsExactly(Verdict.UNCLEAR);
    }

    /** What the class promises about its false alarms and its power. */
    @Test
    void shouldHaveTheErrorsThatItSays() {
        assertThat(atLeastMost(0.75)).isCloseTo(0.95, within(0.005));
        assertThat(atLeastMost(0.1)).isCloseTo(0.001, within(0.0002));
    }

    private static double atLeastMost(double each) {
        double sum = 0;
        for (int held = StallCheck.MOST; held <= StallCheck.ATTEMPTS; held++) {
            double ways = 1;
            for (int i = 0; i < held; i++) {
                ways = ways * (StallCheck.ATTEMPTS - i) / (i + 1);
            }
            sum += ways * Math.pow(each, held) * Math.pow(1 - each, StallCheck.ATTEMPTS - held);
        }
        return sum;
    }

    @Test
    void shouldStandStillOnceAndForTheTimeItWasTold() {
        FakeClock clock = new FakeClock(0, 10);
        Stall stall = new Stall(clock, 1_000);
        stall.pass();
        stall.plan(500);
        while (!stall.happened()) {
            stall.pass();
        }
        long after = clock.nowNs();
        stall.pass();

        assertThat(stall.tookNs()).isBetween(1_000L, 1_020L);
        assertThat(after).isBetween(1_500L, 1_550L);
        assertThat(clock.nowNs() - after).isLessThanOrEqualTo(20);
    }

    private static StallCheck.Attempt attempt(char kind) {
        StallTail.Row row = new StallTail.Row("row", "x", kind == 'P' ? "right" : "wrong", kind == 'P');
        return new StallCheck.Attempt(kind == '-' ? List.of() : List.of(row), kind == 'q' || kind == 'P');
    }
}
