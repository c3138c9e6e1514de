package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.CellRecord;
import dev.steward.results.Reason;
import dev.steward.strategy.LockStrategy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisturbedCellTest {
    private static final List<Disturbance> POSSIBLE =
        Arrays.stream(Disturbance.values()).filter(one -> one.refusal().isEmpty()).toList();

    /** Its loads come late and its threads are pushed about; that loses no event and breaks no promise. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepPromisesAndAccountsWhateverIsDoneToItsThreads(boolean ring) {
        Scenario scenario = Setups.scenario(
            "disturb=" + Disturbance.words(EnumSet.copyOf(POSSIBLE)), "storm.rate=5k/s", "churn.rate=1k/s",
            "invalidation.rate=1k/s", "warmup=0", "duration=200ms");
        Cell cell = WholeCells.runUntil(scenario, LockStrategy.MUTEX, ring, one -> WholeCells.brokeAPromise(one)
            || one.report().ledger().delivered() > 0
            && one.report().disturbed().values().stream().allMatch(times -> times > 0));

        assertThat(cell.report().disturbed()).containsOnlyKeys(POSSIBLE)
            .allSatisfy((what, times) -> assertThat(times).as(what.word()).isPositive());
        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(cell.report().ledger().delivered()).isPositive();
        assertThat(cell.report().oracles()).allMatch(oracle -> oracle.violations() == 0);
    }

    /** All oracles stay on. The section is long, so that a handler that loses its CPU mostly does so in it. */
    @Test
    void shouldCatchTheUnguardedWhileItsThreadsAreDisturbed() {
        Scenario scenario = Setups.scenario(
            "disturb=stutter,jitter", "streams=2", "viommus=2", "storm.rate=200/s", "churn.rate=1k/s", "section=5ms",
            "warmup=0", "duration=200ms", "churn.within=any", "churn.mix.replace=1", "churn.mix.same-viommu=0",
            "churn.mix.block=0", "churn.mix.move=0");
        Cell cell = WholeCells.runUntil(scenario, LockStrategy.UNGUARDED, true, WholeCells::brokeAPromise);

        assertThat(cell.report().oracles()).anySatisfy(oracle -> {
            assertThat(oracle.name()).isEqualTo(Oracle.AFTER_ATTACH_RETURNED.label());
            assertThat(oracle.violations()).isPositive();
        });
    }

    /** A broken promise counts, whatever was done to the threads. */
    @ParameterizedTest
    @CsvSource({"0, OK", "1, DISTURBED", "2, INVALID", "3, DISTURBED", "6, INVALID", "7, INVALID"})
    void shouldNotCountAsAMeasurement(int reasons, CellRecord.Status status) {
        List<Reason> all = List.of(
            Reason.disturbed("shuffle", 7), Reason.nothingDue("storm"),
            Reason.oracle(new CellRecord.Oracle("torn-snapshot", 2, 9, 17L, "")));

        assertThat(CellVerdict.status(
            all.stream().filter(reason -> (reasons >> all.indexOf(reason) & 1) == 1).toList())).isEqualTo(status);
    }
}
