package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    @TempDir
    Path folder;

    private final Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);

    @Test
    void shouldWriteBothReportsAndLeaveNothingElse() throws IOException {
        fixture.write(folder);

        assertThat(TextReport.brief(Reports.write(folder))).contains("4 of 4 cells valid.").contains("mutex     2/2");

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("run.json", "cells", "report.txt", "report.html");
        }
    }

    @Test
    void shouldMakeTheSameReportsAnew() throws IOException {
        Reports.write(fixture.write(folder));
        byte[] text = Files.readAllBytes(folder.resolve(Reports.TEXT));
        byte[] html = Files.readAllBytes(folder.resolve(Reports.HTML));
        Files.writeString(folder.resolve(Reports.TEXT), "old");

        Reports.write(folder);

        assertThat(folder.resolve(Reports.TEXT)).hasBinaryContent(text);
        assertThat(folder.resolve(Reports.HTML)).hasBinaryContent(html);
    }

    @Test
    void shouldKeepOldReportsWhenTheRunCannotBeRead() throws IOException {
        fixture.write(folder);
        Files.writeString(folder.resolve("run.json"), "{");
        Files.writeString(folder.resolve(Reports.TEXT), "old");

        assertThatThrownBy(() -> Reports.write(folder)).isInstanceOf(UnreadableResultsException.class);

        assertThat(folder.resolve(Reports.TEXT)).hasContent("old");
        assertThat(folder.resolve(Reports.HTML)).doesNotExist();
    }

    @Test
    void shouldReportWhatIsLeftOfADamagedFolder() throws IOException {
        fixture.write(folder);
        Files.writeString(folder.resolve("cells/mutex-ring-r1.json"), "{\"format\": \"stew");
        Files.delete(folder.resolve("cells/rwlock-ring-r2.hlog"));

        Reports.write(folder);

        assertThat(Files.readString(folder.resolve(Reports.TEXT)))
            .contains("mutex     1/2").contains("rwlock    1/2")
            .contains("unreadable mutex-ring-r1\n  - cells/mutex-ring-r1.json: Unexpected end-of-input")
            .contains("unreadable rwlock-ring-r2\n  - cells/rwlock-ring-r2.hlog: the file is missing");
        assertThat(Files.readString(folder.resolve(Reports.HTML)))
            .contains("cells/rwlock-ring-r2.hlog: the file is missing");
    }
}
