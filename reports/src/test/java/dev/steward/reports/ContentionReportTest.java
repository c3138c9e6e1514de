package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Outline;
import dev.steward.reports.table.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What locks counted, for each 1,000 events. */
class ContentionReportTest {
    private final Fixture fixture = Fixture.of(List.of("mutex", "seqlock"), List.of("ring"), 2);

    private ObjectNode guard(String strategy, int repeat) {
        String id = strategy + "-ring-r" + repeat;
        ObjectNode ledger = fixture.cell(id).withObject("/ledger");
        // 10,000 come to the handler of each cell.
        ledger.put("generated", 10_500).put("lostAtRing", 400).put("merged", 60).put("stillQueued", 40);
        return fixture.cell(id).putObject("guard").put("retries", 0).put("fallbacks", 0).put("readerWaits", 0)
            .put("gracePeriods", 0).put("deferredPeakBytes", 0).put("footprintBytes", 256);
    }

    private Optional<Table> table(String id) {
        return Outline.of(Fixtures.summary(fixture)).stream().flatMap(chapter -> chapter.blocks().stream())
            .filter(Chapter.Tables.class::isInstance).flatMap(block -> ((Chapter.Tables) block).tables().stream())
            .filter(table -> table.id().equals(id)).findFirst();
    }

    private List<String> row(String id, int row) {
        return table(id).orElseThrow().groups().get(0).rows().get(row);
    }

    @Test
    void shouldAddRepeatsUpAndDivideByEventsThatCameToTheHandler() {
        for (int repeat = 1; repeat <= 2; repeat++) {
            guard("mutex", repeat).putObject("contention").put("contended", 50 * repeat).put("spins", 3_000_000)
                .put("yields", 0).put("steals", 1).put("handOffs", repeat).put("sleeps", 0).put("wakeUps", 0);
            guard("seqlock", repeat).putObject("contention").put("contended", 0);
        }
        assertThat(row("contention", 0))
            .containsExactly("mutex", "7.5", "300k", "0", "0.100", "0.150", "0", "0");
        assertThat(row("contention", 1)).as("what a lock does not show is no 0")
            .containsExactly("seqlock", "0", "-", "-", "-", "-", "-", "-");
    }

    @Test
    void shouldShowReadsByHowOftenTheyWereRepeated() {
        for (int repeat = 1; repeat <= 2; repeat++) {
            guard("mutex", repeat).putObject("contention").put("contended", 1);
            guard("seqlock", repeat).putArray("retriedReads").add(200).add(0).add(0).add(0).add(0).add(0).add(0)
                .add(repeat);
        }
        assertThat(row("retried-reads", 0)).containsExactly("mutex", "-", "-", "-", "-", "-", "-", "-", "-");
        assertThat(row("retried-reads", 1)).containsExactly("seqlock", "20.0", "0", "0", "0", "0", "0", "0", "0.150");
    }

    @Test
    void shouldSayNothingOfFoldersThatDoNotTell() {
        for (int repeat = 1; repeat <= 2; repeat++) {
            guard("mutex", repeat);
            guard("seqlock", repeat);
        }
        assertThat(table("contention")).isEmpty();
        assertThat(table("retried-reads")).isEmpty();
    }

    @Test
    void shouldNotAddUpWhatOneOfTheRepeatsDoesNotTell() {
        guard("mutex", 1).putObject("contention").put("contended", 7);
        guard("mutex", 2);
        guard("seqlock", 1).putObject("contention").put("contended", 7);
        guard("seqlock", 2).putObject("contention").put("contended", 7);
        assertThat(row("contention", 0).get(1)).isEqualTo("-");
        assertThat(row("contention", 1).get(1)).isEqualTo("0.700");
    }
}
