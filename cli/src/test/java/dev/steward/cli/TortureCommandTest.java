package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TortureCommandTest {
    @Test
    void shouldReportSuccessAndExitWithZeroWhenPromisesHold() {
        Cli.Outcome outcome =
            Cli.run("torture", "--strategy", "seqlock-ste,rcu-entry:qsbr:deferred", "--time", "100ms");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).startsWith("--- Start of test: strategies=2 time=100ms readers=2 committers=2")
            .containsPattern("seqlock-ste: Reads: [1-9]\\d* Reports: [1-9]\\d* Attaches: [1-9]\\d* .* ok\\n")
            .containsPattern("rcu-entry:qsbr:deferred: .* Synchronizes: [1-9]")
            .containsPattern("--- End of test: SUCCESS: 0 of 2 strategies broke a promise, [1-9]\\d* checked reads\\n");
    }

    @Test
    void shouldReportFailureAndExitWithOneWhenPromiseIsBroken() {
        Cli.Outcome outcome = Cli.run("torture", "--strategy", "unguarded", "--time", "1s");
        // Two threads must meet in it, which takes longer where others want the processors, too.
        for (int seconds = 2; outcome.code() == ExitCode.OK && seconds <= 64; seconds *= 2) {
            outcome = Cli.run("torture", "--strategy", "unguarded", "--time", seconds + "s");
        }
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.out()).containsPattern("Violations: [1-9]").contains(" !!!")
            .contains("--- End of test: FAILURE: 1 of 1 strategies broke a promise");
    }
}
