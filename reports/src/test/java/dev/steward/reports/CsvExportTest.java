package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvExportTest {
    /** Names come from folders that anybody may have written. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "=HYPERLINK(x),   '=HYPERLINK(x)",
        "+cmd|' /C calc', '+cmd|' /C calc'",
        "@SUM(1),         '@SUM(1)",
        "-1+2,            '-1+2",
        "-1.25,           -1.25",
        "+3,              +3",
        "mutex,           mutex",
        "mutex=1,         mutex=1"})
    void shouldHandNoFormulaToSpreadsheet(String cell, String plain) {
        assertThat(CsvExport.plain(cell)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"a\u001b[31mred, a?[31mred", "a\u009bb, a?b"})
    void shouldHideWhatTerminalObeys(String cell, String plain) {
        assertThat(CsvExport.plain(cell)).isEqualTo(plain);
    }
}
