package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellPlanTest {
    private static final List<String> STRATEGIES = Strategies.names();

    @Test
    void shouldRunEveryStrategyOnEveryPathOnceInEachRepeat() {
        List<CellSpec> plan = plan("repeats=7");
        int block = STRATEGIES.size() * 2;

        assertThat(plan).hasSize(7 * block);
        for (int repeat = 1; repeat <= 7; repeat++) {
            List<CellSpec> cells = plan.subList((repeat - 1) * block, repeat * block);
            int expected = repeat;
            assertThat(cells).allMatch(cell -> cell.repeat() == expected);
            assertThat(cells.stream().map(cell -> cell.strategy() + cell.path()).distinct()).hasSize(block);
        }
        assertThat(plan.stream().map(CellSpec::id)).doesNotHaveDuplicates()
            .contains("rwlock-inline-r2", "rcu-page-ring-r7");
    }

    @Test
    void shouldShuffleEveryRepeatAnew() {
        List<CellSpec> plan = plan("repeats=20");
        int block = STRATEGIES.size() * 2;
        Set<List<String>> orders = new HashSet<>();
        Set<String> first = new HashSet<>();
        for (int repeat = 0; repeat < 20; repeat++) {
            List<CellSpec> cells = plan.subList(repeat * block, (repeat + 1) * block);
            orders.add(cells.stream().map(cell -> cell.strategy() + cell.path()).toList());
            first.add(cells.get(0).strategy());
        }

        assertThat(orders).hasSize(20);
        assertThat(first).as("no strategy always goes first").hasSizeGreaterThan(5);
    }

    @Test
    void shouldPlanTheSameOrderOnlyWhenTheSeedIsTheSame() {
        assertThat(ids(plan("repeats=5"))).isEqualTo(ids(plan("repeats=5")))
            .isNotEqualTo(ids(plan("repeats=5", "seed=43")));
    }

    @Test
    void shouldPlanOnePathWhenOneIsAskedFor() {
        assertThat(plan("path=ring", "repeats=2")).hasSize(2 * STRATEGIES.size())
            .allMatch(cell -> cell.path().equals(CellSpec.RING));
        assertThat(CellPlan.paths(scenario("path=inline"))).containsExactly(CellSpec.INLINE);
        assertThat(CellPlan.paths(scenario("path=both"))).containsExactly(CellSpec.INLINE, CellSpec.RING);
    }

    @Test
    void shouldGiveEveryCellWhatItNeeds() {
        CellSpec cell = CellPlan.of(scenario("repeats=1"), List.of("mutex"), "some.log", "some.trace", "cells").get(0);

        assertThat(cell.settings()).isEqualTo(scenario("repeats=1").settings());
        assertThat(cell.eventsFile()).isEqualTo("some.log");
        assertThat(cell.traceFile()).isEqualTo("some.trace");
        assertThat(cell.folder()).isEqualTo("cells");
    }

    private static List<CellSpec> plan(String... overrides) {
        return CellPlan.of(scenario(overrides), STRATEGIES, null, null, "cells");
    }

    private static List<String> ids(List<CellSpec> plan) {
        return plan.stream().map(CellSpec::id).toList();
    }

    private static Scenario scenario(String... overrides) {
        ScenarioBuilder builder = new ScenarioBuilder();
        for (String override : overrides) {
            builder.override(override);
        }
        return builder.build();
    }
}
