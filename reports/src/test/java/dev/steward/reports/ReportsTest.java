package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnRecord;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.Verdicts;
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

        assertThat(TextReport.brief(Reports.write(folder, Transferred.NOWHERE)))
            .contains("4 of 4 cells in the\nfigures.")
            .contains("mutex     2/2");

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("run.json", "cells", "report.txt", "report.html");
        }
    }

    @Test
    void shouldWriteVerdictsBesideTheReportsWhenContestantsTookTurns() throws IOException {
        Summary summary = Reports.write(
            fixture.turns(Turns.of(1, "mutex", "rwlock").slower("rwlock", 1.3).paths("ring")).write(folder),
            Transferred.NOWHERE);

        assertThat(Verdicts.read(folder)).isEqualTo(summary.turnVerdicts().orElseThrow());
        assertThat(summary.turnVerdicts().orElseThrow().pairs()).hasSize(3)
            .allMatch(pair -> pair.verdict() == Verdicts.Verdict.WORSE);
        assertThat(summary.verdicts().comparisons()).isEmpty();
    }

    @Test
    void shouldPoolTheGenerationsOfSeveralFolders() {
        fixture.turns(Turns.of(1, "mutex", "rwlock").generations(3, 8).paths("ring"));
        fixture.write(folder.resolve("a"));
        fixture.write(folder.resolve("b"));

        Summary both = RunSet.read(List.of(folder.resolve("a"), folder.resolve("b"))).runs().get(0).summary();

        assertThat(both.run().turns().generations()).isEqualTo(6);
        assertThat(both.turnVerdicts().orElseThrow().pairs()).allMatch(pair -> pair.generations() == 6);
    }

    @Test
    void shouldReportARunThatEndedBeforeItsFirstTurn() throws IOException {
        fixture.turns(Turns.of(1, "mutex", "rwlock").generations(0, 8)).write(folder);

        assertThat(Reports.write(folder, Transferred.NOWHERE).turnVerdicts().orElseThrow().pairs()).isEmpty();
    }

    @Test
    void shouldSayThatNoGenerationHasEnded() throws IOException {
        fixture.turns(Turns.of(1, "mutex", "rwlock").paths("ring").generations(1, 8)).write(folder);
        Path run = folder.resolve(RunManifest.FILE);
        Files.writeString(run, Files.readString(run).replaceFirst("\"generations\" : 1", "\"generations\" : 0"));

        Reports.write(folder, Transferred.NOWHERE);

        assertThat(Files.readString(folder.resolve(Reports.TEXT)).replaceAll("\\s+", " "))
            .contains("Nothing is decided: verdicts need 6 generations of JVMs, and none has ended. ");
    }

    @Test
    void shouldNameTheLineOfADamagedTurnAndShowTheRest() throws IOException {
        fixture.turns(Turns.of(1, "mutex", "rwlock").paths("ring")).write(folder);
        Verdicts before = Reports.write(folder, Transferred.NOWHERE).medians();
        Path turns = folder.resolve(TurnRecord.FILE);
        Files.writeString(turns, Files.readString(turns).replaceFirst("\n", "\nx"));

        Summary summary = Reports.write(folder, Transferred.NOWHERE);

        assertThat(summary.countedCells()).isPositive();
        assertThat(summary.medians().pairs()).isEmpty();
        assertThat(Verdicts.read(folder)).isEqualTo(before);
        for (String file : List.of(Reports.TEXT, Reports.HTML)) {
            assertThat(folder.resolve(file)).content().contains("turns.jsonl: line 2 is");
        }
    }

    @Test
    void shouldCompareNoDamagedTurns() throws IOException {
        fixture.turns(Turns.of(1, "mutex", "rwlock").paths("ring")).write(folder);
        Files.writeString(folder.resolve(TurnRecord.FILE), "x\n");

        assertThatThrownBy(() -> ResultFolder.read(folder))
            .isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("turns.jsonl: line 1 is damaged");
    }

    @Test
    void shouldMakeTheSameReportsAnew() throws IOException {
        Reports.write(fixture.write(folder),
            Transferred.NOWHERE);
        byte[] text = Files.readAllBytes(folder.resolve(Reports.TEXT));
        byte[] html = Files.readAllBytes(folder.resolve(Reports.HTML));
        Files.writeString(folder.resolve(Reports.TEXT), "old");

        Reports.write(folder, Transferred.NOWHERE);

        assertThat(folder.resolve(Reports.TEXT)).hasBinaryContent(text);
        assertThat(folder.resolve(Reports.HTML)).hasBinaryContent(html);
    }

    @Test
    void shouldKeepOldReportsWhenTheRunCannotBeRead() throws IOException {
        fixture.write(folder);
        Files.writeString(folder.resolve("run.json"), "{");
        Files.writeString(folder.resolve(Reports.TEXT), "old");

        assertThatThrownBy(() -> Reports.write(folder, Transferred.NOWHERE))
            .isInstanceOf(UnreadableResultsException.class);

        assertThat(folder.resolve(Reports.TEXT)).hasContent("old");
        assertThat(folder.resolve(Reports.HTML)).doesNotExist();
    }

    @Test
    void shouldReportWhatIsLeftOfADamagedFolder() throws IOException {
        fixture.write(folder);
        Files.writeString(folder.resolve("cells/mutex-ring-r1.json"), "{\"format\": \"stew");
        Files.delete(folder.resolve("cells/rwlock-ring-r2.hlog"));

        Reports.write(folder, Transferred.NOWHERE);

        assertThat(Files.readString(folder.resolve(Reports.TEXT)))
            .contains("mutex     1/2").contains("rwlock    1/2")
            .contains("unreadable mutex-ring-r1\n  - cells/mutex-ring-r1.json: ends too early")
            .contains("unreadable rwlock-ring-r2\n  - cells/rwlock-ring-r2.hlog: the file is missing");
        assertThat(Files.readString(folder.resolve(Reports.HTML)))
            .contains("cells/rwlock-ring-r2.hlog: the file is missing");
    }
}
