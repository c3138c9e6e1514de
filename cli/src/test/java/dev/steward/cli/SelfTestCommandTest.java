package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.rig.SelfTestFinding;
import dev.steward.loadgen.rig.SelfTestFinding.Kind;
import dev.steward.loadgen.rig.SelfTestFinding.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from the findings; what they are depends on the machine, so a pipeline runs the command itself. */
final class SelfTestCommandTest {
    @ParameterizedTest
    @CsvSource({
        "TRUTH, PASS, 0, 0, Figures can be believed",
        "TRUTH, UNCLEAR, 0, 1, Nothing is wrong",
        "TRUTH, FAIL, 1, 1, FAILED",
        "SPEED, PASS, 0, 0, Figures can be believed",
        "SPEED, MISS, 0, 1, Figures can be believed",
        "FIGURE, PASS, 0, 0, Figures can be believed",
    })
    void shouldFailOnlyForWhatMakesFiguresWrong(Kind kind, Verdict verdict, int code, int strictCode, String words) {
        List<SelfTestFinding> findings = List.of(
            new SelfTestFinding(Kind.TRUTH, "a", "b", "c", Verdict.PASS),
            new SelfTestFinding(kind, "a", "b", "c", verdict));

        assertThat(SelfTestCommand.exitCode(findings, false)).isEqualTo(code);
        assertThat(SelfTestCommand.exitCode(findings, true)).isEqualTo(strictCode);
        assertThat(SelfTestCommand.conclusion(findings)).startsWith(words);
        assertThat(SelfTestCommand.conclusion(findings).contains("Goals of speed were missed"))
            .isEqualTo(verdict == Verdict.MISS);
    }
}
