package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.table.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextLayoutTest {
    @Test
    void shouldAlignNamesLeftAndFiguresRight() {
        assertThat(TextTable.lines(table(List.of(List.of("a", "1ns"), List.of("bcd", "100ns"))))).containsExactly(
            "Title", "About it.", "", "name    p99", "-----------", "[group]", "a       1ns", "bcd   100ns", "",
            "  note");
    }

    @Test
    void shouldMoveNamesToTheirOwnLineWhenTheTableIsTooWide() {
        String name = "n".repeat(70);

        List<String> lines = TextTable.lines(table(List.of(List.of(name, "100ns"))));

        assertThat(lines).contains(name, "    100ns").allMatch(line -> line.length() <= 72);
    }

    @Test
    void shouldPrintParagraphsWhenEvenTheFiguresAreTooWide() {
        List<String> lines = TextTable.lines(table(List.of(List.of("a", "x".repeat(100)))));

        assertThat(lines).allMatch(line -> line.length() <= 72);
        assertThat(String.join("", lines).replace(" ", "")).contains("a:p99" + "x".repeat(60));
    }

    @Test
    void shouldRefuseARowThatDoesNotFitItsColumns() {
        assertThatThrownBy(() -> table(List.of(List.of("only one")))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("1 cells for 2 columns");
    }

    @Test
    void shouldBringTextToPrintableAscii() {
        assertThat(Ascii.clean("caf\u00e9 \u00b5s \u2014 \u201cx\u201d\u001b[31m\n\t\u4e2d"))
            .isEqualTo("cafe us - \"x\" [31m  ?");
    }

    @Test
    void shouldWrapAtSpacesAndCutOverlongWords() {
        assertThat(Ascii.wrap("one two three", "- ", "  ", 9)).containsExactly("- one two", "  three");
        assertThat(Ascii.wrap("abcdefghij k", "", " ", 6)).containsExactly("abcdef", " ghij", " k");
        assertThat(Ascii.wrap("takes 5 %, 30 ns (2", "", "", 8)).containsExactly("takes", "5 %,", "30 ns (2");
        assertThat(Ascii.wrap("", "- ", "  ", 9)).containsExactly("-");
    }

    @Test
    void shouldWrapACommandSoThatItCanBePastedBack() {
        assertThat(Ascii.wrapCommand("./steward run --set 'a=1 b=2' --seed 42", "  ", 24)).containsExactly(
            "  ./steward run --set \\", "      'a=1 b=2' --seed \\", "      42");
    }

    private static Table table(List<List<String>> rows) {
        return new Table("t", "Title", "About it.",
            List.of(new Table.Column("name", "", false), new Table.Column("p99", "", true)),
            List.of(new Table.Group("group", rows)), List.of("note"));
    }
}
