package dev.steward.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.Fixture;
import dev.steward.reports.Fixtures;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Outline;
import dev.steward.reports.table.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTotalsTest {
    private final Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 2);

    private ObjectNode guest(String cell, int guest) {
        return (ObjectNode) fixture.cell(cell).withArray("guests").get(guest);
    }

    private List<GuestTotals> guests() {
        return Fixtures.strategy(Fixtures.summary(fixture), "ring", "mutex").guests();
    }

    @Test
    void shouldShareWhatWasLostAtEitherQueueByWhatWasOffered() {
        guest("mutex-ring-r1", 1).put("offered", 830).put("delivered", 235).put("lost", 12).put("lostAtRing", 583);
        guest("mutex-ring-r2", 1).put("offered", 170).put("delivered", 170).put("lost", 0).put("lostAtRing", 0);

        assertThat(guests().get(1).ringShare()).hasValue(0.583);
        assertThat(guests().get(1).lostShare()).isEqualTo(0.012);
    }

    @Test
    void shouldNotReadACountThatOlderFilesLackAsZero() {
        guest("mutex-ring-r2", 1).remove("lostAtRing");

        assertThat(guests().get(1).ringShare()).isEmpty();
        assertThat(guests().get(0).ringShare()).isPresent();
        Table losses = tables().get(1);
        assertThat(losses.groups().get(0).rows().get(0)).containsExactly("mutex", "1.3%", "1.0%", "-", "0.1%", "-");
    }

    @Test
    void shouldShareNothingOfNothing() {
        for (String cell : List.of("mutex-ring-r1", "mutex-ring-r2")) {
            guest(cell, 2).put("offered", 0).put("delivered", 0).put("lost", 0).put("lostAtRing", 0);
        }

        assertThat(guests().get(2).ringShare()).hasValue(0);
        assertThat(guests().get(2).lostShare()).isZero();
    }

    @Test
    void shouldCallNoTwoColumnsOfATableAlike() {
        assertThat(tables()).hasSize(2).allSatisfy(table ->
            assertThat(table.columns()).extracting(Table.Column::head).doesNotHaveDuplicates());
    }

    private List<Table> tables() {
        return Outline.of(Fixtures.summary(fixture)).stream().flatMap(chapter -> chapter.blocks().stream())
            .filter(Chapter.Tables.class::isInstance).flatMap(block -> ((Chapter.Tables) block).tables().stream())
            .filter(table -> table.id().startsWith("guest")).toList();
    }
}
