package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
    @Test
    void shouldShowCommandsWhenAskedForHelp() throws IOException {
        Cli.Outcome outcome = Cli.run("--help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo(golden("help.txt"));
        assertThat(outcome.err()).isEmpty();
    }

    /** The list shows the first line of what a command says of itself. */
    @Test
    void shouldEndEachSentenceInTheListOfCommands() throws IOException {
        String list = golden("help.txt");
        list = list.substring(list.indexOf("Commands:"), list.indexOf("\n\n", list.indexOf("Commands:")));

        assertThat(list.split("\\R(?=  [a-z])")).hasSizeGreaterThan(20).filteredOn(entry -> entry.startsWith("  "))
            .allMatch(entry -> entry.strip().matches("(?s).*[.?]\\)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "compare", "replay", "capacity", "sweep", "guide", "regret", "debate", "report", "show", "open", "diff",
        "history",
        "scenarios", "strategies", "selftest", "torture", "transfer", "kernel", "kernel build", "kernel run",
        "kernel read", "decode", "help", "completion"})
    void shouldShowOptionsWhenACommandIsAskedForHelp(String command) throws IOException {
        Cli.Outcome outcome = Cli.run((command + " --help").split(" "));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo(golden("help-" + command.replace(' ', '-') + ".txt"));
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(outcome.err()).isEmpty();
    }

    /** Whoever names no strategy gets these; a search for the capacity gives no time to what has no lock. */
    @Test
    void shouldNameTheStrategiesThatTakePartByDefault() throws IOException {
        List<StrategyDescription> usual = StrategyChoice.named(List.of()).stream()
            .filter(LockStrategy.class::isInstance).map(Strategy::description).toList();

        for (String command : List.of("compare", "replay", "capacity")) {
            String said = golden("help-" + command + ".txt").replaceAll("\\s+", " ");
            said = said.substring(said.indexOf("or all (default: "), said.indexOf("and those of your own jars)"));
            assertThat(said.substring("or all (default: ".length()).split(", ")).containsExactlyInAnyOrderElementsOf(
                usual.stream().filter(one -> one.ranked() || !command.equals("capacity"))
                    .map(StrategyDescription::name).toList());
        }
    }

    @Test
    void shouldShowProgramAndJvmWhenAskedForVersion() {
        Cli.Outcome outcome = Cli.run("--version");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).matches("steward \\S+ \\(JVM " + System.getProperty("java.version") + "\\)\\R");
        assertThat(outcome.err()).isEmpty();
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = HelpTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
