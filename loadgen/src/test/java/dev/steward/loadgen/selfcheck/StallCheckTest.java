package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.record.FakeClock;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallCheckTest {
    /** P passed, q failed on a quiet machine, n failed on a noisy one; the last goes on for ever. */
    @ParameterizedTest
    @CsvSource({
        "PP, PASS, 2 of 2",
        "nnPnP, PASS, 2 of 5",
        "qqqPqP, PASS, 2 of 6",
        "qqqq, FAIL, 0 of 4",
        "nqnqnqnq, FAIL, 0 of 8",
        "n, UNCLEAR, 0 of 16",
        "Pn, UNCLEAR, 1 of 16",
    })
    void shouldTellAWrongGeneratorFromANoisyMachine(String attempts, Verdict verdict, String seen) {
        List<SelfTestFinding> findings = StallCheck.run("stall", number ->
            attempt(attempts.charAt(Math.min(number, attempts.length() - 1))));

        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).verdict()).isEqualTo(verdict);
        assertThat(findings.get(0).seen()).isEqualTo(seen);
        assertThat(findings.get(1).check()).isEqualTo("  row");
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
        return new StallCheck.Attempt(
            List.of(new StallTail.Row("row", "x", "y", kind == 'P')), kind == 'q' || kind == 'P');
    }
}
