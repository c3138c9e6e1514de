package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.results.SelfTestFinding.Verdict;
import org.junit.jupiter.api.Test;

class DriftCheckTest {
    private static final double GAP_NS = 10_000;

    @Test
    void shouldFindNoDriftInAnyLaw() {
        assertThat(DriftCheck.all()).isNotEmpty()
            .allSatisfy(finding -> assertThat(finding.verdict()).as(finding.check()).isEqualTo(Verdict.PASS));
    }

    /** A hundredth of a nanosecond, rounded off each gap, is one interval after a million arrivals. */
    @Test
    void shouldFindALawThatRoundsEachGap() {
        double exact = GAP_NS + 0.4;
        long[] now = {0};
        ArrivalProcess rounded = () -> {
            long due = now[0];
            now[0] += (long) exact;
            return due;
        };

        assertThat(verdict(DriftCheck.law(rounded, exact))).isEqualTo(Verdict.FAIL);
        assertThat(verdict(DriftCheck.law(ArrivalProcess.constant(1e9 / exact), exact))).isEqualTo(Verdict.PASS);
    }

    /** Also when it is the source of the generator that is off its schedule. */
    @Test
    void shouldFindAGeneratorThatMovesItsArrivals() {
        assertThat(verdict(DriftCheck.generator(even(10_000), even(10_000)))).isEqualTo(Verdict.PASS);
        assertThat(verdict(DriftCheck.generator(even(10_001), even(10_000)))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void shouldCompareAStretchedSourceWithTheFasterOne() {
        assertThat(DriftCheck.stretched(even(16_000), even(1_000))).isZero();
        assertThat(verdict(DriftCheck.stretched(even(16_001), even(1_000)))).isEqualTo(Verdict.FAIL);
    }

    private static StormSource even(long gapNs) {
        return new StormSource() {
            private long next;

            @Override
            public void next(EventRecord event) {
                event.intendedNs = next;
                next += gapNs;
            }
        };
    }

    private static Verdict verdict(double worstNs) {
        return DriftCheck.finding("drift", worstNs).verdict();
    }
}
