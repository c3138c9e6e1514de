package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What helps a user to find the way: help by name, completion, what would run. */
final class OrientationTest {
    @Test
    void shouldShowTheHelpOfACommandByItsName() {
        assertThat(Cli.run("help", "diff").out()).isEqualTo(Cli.run("diff", "--help").out());
        assertThat(Cli.run("help").out()).isEqualTo(Cli.run("--help").out());
        assertThat(Cli.run("help", "dif").err()).startsWith("steward: unknown command 'dif'; allowed: compare, ");
    }

    @Test
    void shouldCompleteCommandsAndOptions() {
        assertThat(Cli.run("completion").out()).contains("compare", "--strategy", "complete -F");
    }

    @Test
    void shouldSayWhatWouldRun() {
        Cli.Outcome outcome = Cli.run("compare", "--dry-run", "--quick");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).hasSize(3);
        assertThat(outcome.out()).startsWith("strategies: mutex, rcu-page, unguarded\nwaiting, inline: ")
            .contains("3 strategies on 1 path take turns of 100 ms; a generation of JVMs takes about ")
            .contains("; about 50 s").doesNotContain("expect no verdicts");
    }

    @Test
    void shouldSayBeforeTheStartThatABudgetHoldsNoVerdict() {
        assertThat(Cli.run("compare", "--dry-run", "--budget", "10s").out())
            .containsPattern("expect no verdicts: they need 6 generations, about \\d min \\d\\d s; give more "
                + "--budget, or fewer strategies");
    }

    @Test
    void shouldPrintResultsOnlyWhereItIsToldTo() {
        assertThat(Cli.run("compare", "--dry-run", "-q").out()).as("a dry run is what was asked for").isNotEmpty();
        assertThat(Cli.run("-v", "report", "no such folder").err()).contains("\tat dev.steward.");
    }

    @Test
    void shouldTellOutputThatIsLost() {
        PeoplesOutput full = new PeoplesOutput(failing("No space left on device"));
        full.writer().println("a line");
        assertThat(full.lost()).isEqualTo("No space left on device");

        PeoplesOutput closed = new PeoplesOutput(failing("Broken pipe"));
        closed.writer().println("a line");
        assertThat(closed.lost()).as("head has seen enough").isNull();
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
