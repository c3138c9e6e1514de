package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.EventOutcome;
import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.strategy.LockStrategy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventPrinterTest {
    private static final Window WINDOW = new Window(0, 0, 1_000_000);
    private static final long PRINT_NS = 1_000_000;
    private static final long INTERVAL_NS = 5_000_000_000L;

    private final FakeClock clock = new FakeClock(77, 0);
    private final FakeClock ticking = new FakeClock(0, 100);
    private final Scenario scenario = Setups.scenario("smmus=2", "cost.print=1ms");
    private final CellShared shared = CellShared.of(clock, scenario, 1);
    private final List<EventPrinter> printers = IntStream.range(0, 2)
        .mapToObj(id -> new SmmuSetup(id, shared, StreamPlan.of(scenario, null), LockStrategy.MUTEX))
        .map(setup -> new EventPrinter(
            setup.printBudget(), Delay.of(ticking, scenario, ScenarioKey.COST_PRINT, 1)))
        .toList();
    private final EventPrinter noisy = printers.get(0);
    private final EventPrinter other = printers.get(1);

    @Test
    void shouldSilenceEverySmmuWhenOneIsNoisy() {
        fault(noisy, 12);
        fault(other, 1);

        assertThat(prints(noisy)).isEqualTo(new CellRecord.Prints(10, 2, 0));
        assertThat(prints(other)).isEqualTo(new CellRecord.Prints(0, 1, 0));
    }

    @Test
    void shouldPrintAgainOnceFiveSecondsHavePassedSinceTheFirst() {
        fault(noisy, 1);
        clock.advance(INTERVAL_NS);
        fault(noisy, 11);
        assertThat(prints(noisy)).as("of the same interval").isEqualTo(new CellRecord.Prints(10, 2, 0));

        clock.advance(1);
        fault(other, 11);
        fault(noisy, 1);
        assertThat(prints(other)).isEqualTo(new CellRecord.Prints(10, 1, 0));
        assertThat(prints(noisy)).isEqualTo(new CellRecord.Prints(10, 3, 0));
    }

    @Test
    void shouldPayForTheEventsThatArePrintedAndForNoOther() {
        fault(noisy, 1_000);

        assertThat(ticking.nowNs()).isBetween(10 * PRINT_NS, 11 * PRINT_NS);
    }

    @ParameterizedTest
    @EnumSource(EventOutcome.class)
    void shouldPrintWhateverTheDriverReturnsAnErrorFor(EventOutcome outcome) {
        noisy.handled(outcome);

        // A full vEVENTQ gets a marker of lost events, and the report returns 0.
        boolean error = switch (outcome) {
            case QUEUED, LOST_IN_VEVENTQ, STALL_QUEUED -> false;
            case NO_MEMORY, UNATTACHED, NO_VDEVICE, UNKNOWN_STREAM, NOT_FORWARDED, STALL_ABORTED,
                STALL_NO_MEMORY, NO_VEVENTQ, DESTROYED_VIOMMU -> true;
        };
        assertThat(prints(noisy)).isEqualTo(new CellRecord.Prints(error ? 1 : 0, 0, 0));
    }

    private static void fault(EventPrinter printer, int times) {
        for (int i = 0; i < times; i++) {
            printer.handled(EventOutcome.UNATTACHED);
        }
    }

    private static CellRecord.Prints prints(EventPrinter printer) {
        CellReport report = new CellReport(WINDOW, new Recorders(WINDOW));
        printer.addTo(report);
        return report.prints();
    }
}
