package dev.steward.reports.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarksTest {
    @Test
    void shouldExplainTheMarksThatOccurAndNoOthers() {
        assertThat(legend("p99", "~1.20ms", "85ns")).contains("~ fewer than 10 values lie beyond this percentile.");
        assertThat(legend("p99", "!1.20ms", "-")).contains("! at least half of it is lateness of the load generator: "
            + "not compared; - no such figure (a percentile needs at least one value beyond it).");
        assertThat(legend("max", ">1.20s")).contains("> larger than the recorder can hold.");
    }

    @Test
    void shouldSayNothingWhereThereIsNoMark() {
        assertThat(legend("p50", "85ns", "-14 ns", "0")).isEmpty();
    }

    @Test
    void shouldLookAtColumnsOfFiguresOnly() {
        Layout<String> words = new Layout<String>("strategy").words("what", "", cell -> cell);
        Table table = words.table("words", "Words", "", List.of("-", "~"), cell -> "-");

        assertThat(Marks.of(List.of(new Chapter.Tables(List.of(table))))).isEmpty();
    }

    private static Optional<String> legend(String head, String... cells) {
        Layout<String> figures = new Layout<String>("strategy").figure(head, "", cell -> cell);
        return Marks.of(List.of(new Chapter.Tables(List.of(
            figures.table("figures", "Figures", "", List.of(cells), cell -> "mutex")))));
    }
}
