package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.results.CellRecord;
import dev.steward.strategy.LockStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that are shipped, each in a short cell: they are allowed, they balance and they show what they say. */
class ShippedScenariosTest {
    private static final int ATTEMPTS = 50;
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "..", "scenarios");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("default.yaml"))
                .map(name -> name.replace(".yaml", ""))
                .sorted()
                .toList()
                .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBalanceAndBreakNoPromise(String name) {
        Scenario scenario = shortened(name);
        for (boolean ring : new boolean[] {false, true}) {
            Cell cell = WholeCells.run(scenario, LockStrategy.MUTEX, ring);
            CellReport report = cell.report();

            assertThat(scenario.text(ScenarioKey.NAME)).isEqualTo(name);
            assertThat(report.ledger().balance()).isZero();
            assertThat(report.oracles()).allSatisfy(oracle ->
                assertThat(oracle.violations()).as(oracle.name()).isZero());
        }
    }

    /** Figures are those of a guest's devices: one that goes to a stuck or noisy guest is in its old guest's. */
    @ParameterizedTest
    @MethodSource("names")
    void shouldKeepDevicesAtHomeWhereOneGuestIsHeldAgainstOthers(String name) {
        Scenario scenario = shortened(name);
        if (scenario.count(ScenarioKey.VMM_STUCK_GUESTS) > 0
            || scenario.text(ScenarioKey.STORM_SKEW).equals("guests")) {
            assertThat(scenario.decimal(ScenarioKey.CHURN_MOVE)).isZero();
        }
    }

    @Test
    void shouldRebootGuestsAtOnce() {
        Cell cell = WholeCells.runUntil(shortened("reboot-storm"), LockStrategy.MUTEX, true, any ->
            WholeCells.churns(any).stream().anyMatch(churn -> churn.done(ChurnKind.REBOOT) > 0));

        assertThat(WholeCells.churns(cell)).as("at the same instant: nobody waits for the thread of another")
            .hasSize(cell.frame().scenario().count(ScenarioKey.CHURN_AT_ONCE));
        assertThat(WholeCells.churns(cell).stream().mapToLong(churn -> churn.done(ChurnKind.REBOOT)).sum())
            .isPositive()
            .isEqualTo(WholeCells.churns(cell).stream().mapToLong(churn -> churn.progress().generated()).sum());
    }

    @Test
    void shouldGiveTheNoisyGuestItsShare() {
        Cell cell = ring("noisy-guest", ledger -> ledger.generated() > 1_000);
        List<CellRecord.Guest> guests = cell.report().guests();
        long all = guests.stream().mapToLong(CellRecord.Guest::offered).sum();

        assertThat(guests).hasSize(8);
        assertThat(guests.get(0).offered()).isBetween(all * 8 / 10, all);
        assertThat(guests.subList(1, 8)).allSatisfy(guest ->
            assertThat(guest.offered()).isLessThan(guests.get(0).offered() / 10));
    }

    @Test
    void shouldOverflowTheEventQueue() {
        Cell cell = ring("overflow", ledger -> ledger.lostAtRing() > 0);

        assertThat(cell.report().ledger().lostAtRing()).isPositive();
    }

    @Test
    void shouldLoseEventsOfTheStuckGuestOnly() {
        Cell cell = ring("stuck-vmm", ledger -> ledger.lostInVeventq() > 0);
        // A VMM that gets no processor for a while loses events, too, though it is not stuck: then once more. Not
        // longer, in which time it would the more.
        for (int again = 0; again < ATTEMPTS && (lost(cell) == 0 || mostLostByAnother(cell) > 0); again++) {
            cell = ring("stuck-vmm", ledger -> ledger.lostInVeventq() > 0);
        }

        assertThat(lost(cell)).isPositive();
        assertThat(mostLostByAnother(cell)).isZero();
    }

    private static long lost(Cell cell) {
        return cell.report().guests().get(0).lost();
    }

    private static long mostLostByAnother(Cell cell) {
        return cell.report().guests().stream().skip(1).mapToLong(CellRecord.Guest::lost).max().orElseThrow();
    }

    private static Cell ring(String name, Predicate<CellRecord.Ledger> loaded) {
        return WholeCells.run(shortened(name), LockStrategy.MUTEX, true, loaded);
    }

    private static Scenario shortened(String name) {
        return new ScenarioBuilder()
            .file(FOLDER.resolve(name + ".yaml"))
            .override("warmup=0")
            .override("duration=200ms")
            .build();
    }
}
