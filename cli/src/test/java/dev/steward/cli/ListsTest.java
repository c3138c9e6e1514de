package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.design.KernelDesign;
import dev.steward.design.Promise;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.CLibrary;
import dev.steward.strategy.Strategy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
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

    @Test
    void shouldMarkTheScenarioThatNoVmmCanProduce() {
        assertThat(Cli.run("scenarios").out().lines().filter(line -> line.contains("no VMM can do it")))
            .singleElement().asString().startsWith("cross-guest ");
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
            .containsExactlyElementsOf(Stream.concat(Strategies.all().stream(), Strategies.designs().stream())
                .map(strategy -> strategy.description().name()).toList());
        assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(outcome.out().contains("cannot run here: pthread-mutex, pthread-rwlock: "))
            .isEqualTo(CLibrary.refusal().isPresent());
    }

    /** On a JDK that can call the C library there is nothing to refuse. */
    @Test
    void shouldSayWhyAStrategyCannotRunHereAndLeaveItOutOfAll() {
        String refusal = CLibrary.refusal().orElseGet(() -> Assumptions.abort("all strategies can run here"));

        assertThat(Cli.run("strategies", "pthread-rwlock:writers").out()).contains("cannot run:    " + refusal);
        Cli.Outcome named = Cli.run("torture", "--strategy", "mutex,pthread-mutex:pi", "--time", "10ms");
        assertThat(named.code()).isEqualTo(ExitCode.USAGE);
        assertThat(named.err()).isEqualToIgnoringNewLines(
            "steward: --strategy: 'pthread-mutex:pi' cannot run here: " + refusal);
        Cli.Outcome all = Cli.run("compare", "--strategy", "all", "--dry-run");
        assertThat(all.code()).isZero();
        assertThat(all.out()).contains("cannot run here: pthread-mutex, pthread-rwlock: " + refusal);
        assertThat(all.out().lines().filter(line -> line.startsWith("strategies: "))).singleElement().asString()
            .doesNotContain("pthread");
    }

    @Test
    void shouldTellAllAboutNamedStrategies() {
        String told = told("all");

        for (Strategy strategy : Strategies.all()) {
            assertThat(told).contains(
                strategy.description().name() + ": " + strategy.description().title(),
                "kernel: " + strategy.description().kernelPrimitive(),
                "source: " + strategy.description().source());
        }
        assertThat(told("rcu-page:qsbr:deferred"))
            .contains("rcu-page:qsbr:deferred: ", "variants: ebr|qsbr|srcu|srcu-fast|gc : sync|deferred",
                "old viommu: out of reach when the destroy of a vIOMMU has waited");
    }

    @Test
    void shouldTellOriginAndPromisesOfDesigns() {
        String told = told("designs");

        for (KernelDesign design : KernelDesign.values()) {
            assertThat(told).contains(
                design.description().name() + ": " + design.description().title(),
                "origin: " + design.point().origin(),
                "attach: " + design.point().attach());
        }
        assertThat(told("v1-vdev-ops:two-lookups")).contains(
            "v1-vdev-ops:two-lookups: ", "cover.1724777091", "variants: two-lookups|shared",
            "promises: " + Promise.VIOMMU_ALIVE.words(), "no promise: " + Promise.ONE_LINK.words());
    }

    /** In one line, however it is broken into lines of 80. */
    private static String told(String of) {
        Cli.Outcome outcome = Cli.run("strategies", of);

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        return outcome.out().replaceAll("\\s+", " ");
    }
}
