package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.cell.Calibration;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The verdicts, not the speed of this machine. */
class SpeedCheckTest {
    @Test
    void shouldJudgeTheOfferedRate() {
        assertThat(SpeedCheck.offered(outcome(5.1e6, 100)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(SpeedCheck.offered(outcome(4.9e6, 100)).verdict()).isEqualTo(Verdict.MISS);
    }

    @Test
    void shouldJudgeSlipByTheQuietHalfAndShowTheWhole() {
        List<SelfTestFinding> quiet = SpeedCheck.lateness(outcome(1e6, 1_000, 1_000, 9_000_000));
        List<SelfTestFinding> busy = SpeedCheck.lateness(outcome(1e6, 1_000, 20_000, 20_000));

        assertThat(quiet.get(0).verdict()).isEqualTo(Verdict.PASS);
        assertThat(quiet.get(0).seen()).isEqualTo("1.0 us");
        assertThat(quiet.get(1).seen()).startsWith("9").endsWith(" us").hasSizeGreaterThan(8);
        assertThat(busy.get(0).verdict()).isEqualTo(Verdict.MISS);
    }

    @Test
    void shouldJudgeTheCostOfRecording() {
        assertThat(SpeedCheck.recording(new Calibration(20, 9.9, 1, 1, null)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(SpeedCheck.recording(new Calibration(20, 10.1, 1, 1, null)).verdict()).isEqualTo(Verdict.MISS);
    }

    @Test
    void shouldShareWhatWasStartedLateOrNever() {
        Recorders recorders = new Recorders(new Window(0, 0, 1_000_000_000));
        IntervalRecorder lateness = recorders.recorder("lateness");
        lateness.record(0, 100);
        lateness.record(0, 100);
        lateness.record(0, 5_000);

        assertThat(GeneratorRun.lateShare(recorders.sum("lateness"), 1_000, 4)).isEqualTo(0.5);
        assertThat(GeneratorRun.lateShare(recorders.sum("lateness"), 1_000, 0)).isZero();
    }

    @Test
    void shouldSayWhatWasWrittenAndWhatWasOfferedWhereTheyDiffer() {
        AbstractHistogram[] none = {};

        assertThat(SpeedCheck.drained(new GeneratorRun.Outcome(8.17e6, 8.17e6, 0, none)).seen()).isEqualTo("8.17 M/s");
        assertThat(SpeedCheck.drained(new GeneratorRun.Outcome(8.17e6, 3e6, 0, none)).seen())
            .isEqualTo("3.00 M/s of 8.17 M/s");
    }

    private static GeneratorRun.Outcome outcome(double rate, long... latenessesNs) {
        AbstractHistogram[] slices = new AbstractHistogram[latenessesNs.length];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, 3);
            slices[i].recordValueWithCount(latenessesNs[i], 1_000);
        }
        return new GeneratorRun.Outcome(rate, rate, 0, slices);
    }
}
