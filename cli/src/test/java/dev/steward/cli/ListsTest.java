package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Contestant;
import dev.steward.strategy.Contestants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ListsTest {
    @Test
    void shouldListEveryScenarioFileWithItsDescription() {
        Cli.Outcome outcome = Cli.run("scenarios");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).hasSameSizeAs(ScenarioChoice.names())
            .allMatch(line -> line.matches("\\S+ +\\S.*"));
        assertThat(outcome.out()).startsWith("default ");
    }

    @ParameterizedTest
    @EnumSource
    void shouldExplainSetting(ScenarioKey key) {
        Cli.Outcome outcome = Cli.run("scenarios", "--keys");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).containsSubsequence(
            key.key() + " = " + key.defaultValue(), key.meaning(), "allowed: " + key.allowed());
    }

    @Test
    void shouldListEveryStrategyInTheOrderOfItsList() {
        Cli.Outcome outcome = Cli.run("strategies");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines().filter(line -> line.startsWith("  ")).map(line -> line.strip().split(" ")[0]))
            .containsExactlyElementsOf(Contestants.names());
        assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void shouldTellAllAboutNamedStrategies() {
        Cli.Outcome outcome = Cli.run("strategies", "all");

        assertThat(outcome.code()).isZero();
        for (Contestant contestant : Contestants.all()) {
            assertThat(outcome.out()).contains(
                contestant.info().name() + ": " + contestant.info().title(),
                "kernel:        " + contestant.info().kernelPrimitive(),
                "source:        " + contestant.info().source());
        }
        assertThat(Cli.run("strategies", "rcu-page:qsbr:deferred").out())
            .contains("rcu-page:qsbr:deferred: ", "variants:      ebr|qsbr|srcu|gc : sync|deferred",
                "old viommu:    out of reach when the destroy of a vIOMMU has waited");
    }
}
