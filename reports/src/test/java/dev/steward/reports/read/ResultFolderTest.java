package dev.steward.reports.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.Fixture;
import dev.steward.reports.Fixtures;
import dev.steward.reports.Turns;
import dev.steward.results.CellResult;
import dev.steward.results.CellHistograms;
import dev.steward.results.HlogReader;
import dev.steward.results.Reason;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFolderTest {
    private static final String ID = "mutex-ring-r2";

    @TempDir
    Path folder;

    private final Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);

    @Test
    void shouldReadEveryCellOfACompleteRun() {
        ResultFolder read = ResultFolder.read(fixture.write(folder));

        assertThat(read.missing()).isEmpty();
        assertThat(read.cells()).extracting(cell -> cell.json().id())
            .containsExactly("mutex-ring-r1", "rwlock-ring-r1", "mutex-ring-r2", "rwlock-ring-r2");
        assertThat(read.cells()).allMatch(CellResult::valid);
        CellResult cell = read.cells().get(0);
        assertThat(cell.histograms().of(Tags.EVENT_ENQUEUE).count()).isEqualTo(5000);
        assertThat(cell.histograms().slices().get(Tags.EVENT_ENQUEUE))
            .extracting(CellHistograms.Slice::startMs).containsExactly(0L, 1000L, 2000L, 3000L, 4000L);
        assertThat(cell.json().stealShare()).isNull();
        assertThat(cell.json().placement().get(0).placementClass()).isEqualTo("near");
        assertThat(cell.json().waiting().get(0).manner()).isEqualTo("park, then spin 60 us");
        assertThat(read.run().scenario().keySet()).containsExactly("storm.rate", "churn.rate", "streams");
    }

    @Test
    void shouldIgnoreUnknownFields() {
        fixture.run().put("later", true);
        fixture.cell(ID).putObject("later").put("x", 1);

        assertThat(ResultFolder.read(fixture.write(folder)).missing()).isEmpty();
    }

    @Test
    void shouldReadARunThatIsStillAtWork() {
        fixture.run().put("status", "running").remove("finishedAt");
        fixture.neverRan(ID);

        ResultFolder read = ResultFolder.read(fixture.write(folder));

        assertThat(read.run().finishedAt()).isNull();
        assertThat(read.cells()).hasSize(3);
        assertThat(read.missing()).singleElement().satisfies(cell -> {
            assertThat(cell.id()).isEqualTo(ID);
            assertThat(cell.kind()).isEqualTo(CellLoss.NOT_RUN);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 repeated    | line 73 repeats a turn",
        "1 of evil     | line 1 names a strategy or path that is not listed in the run",
        "1 of later    | line 1 is of a generation or round that the run did not have",
        "32 cut        | has 32 lines, and 72 were written with the run",
        "1 changed     | is not what was written with the run (its digest is another one)",
    })
    void shouldRefuseTurnsThatAreNotThoseOfTheRun(String damage, String complaint) throws IOException {
        fixture.turns(Turns.of(1, "mutex", "rwlock").paths("ring").generations(4, 8)).write(folder);
        Path file = folder.resolve(TurnRecord.FILE);
        ObjectNode run = (ObjectNode) new ObjectMapper().readTree(folder.resolve(RunManifest.FILE).toFile());
        TurnPlan.Log log = TurnPlan.Log.of(folder);
        run.withObject("/turns/log").put("lines", log.lines()).put("digest", log.digest());
        Files.writeString(folder.resolve(RunManifest.FILE), run.toString());
        assertThat(ResultFolder.read(folder).turns().size()).isEqualTo(72);

        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        switch (damage.substring(damage.indexOf(' ') + 1)) {
            case "repeated" -> lines.add(lines.get(0));
            case "of evil" -> lines.set(0, lines.get(0).replace("\"mutex\"", "\"evil\"").replace("rwlock", "evil"));
            case "of later" -> lines.set(0, lines.get(0).replace("\"generation\":1", "\"generation\":6"));
            case "cut" -> lines.subList(32, 72).clear();
            default -> lines.set(0, lines.get(0).replaceFirst("\"medianNs\":[0-9]+", "\"medianNs\":1"));
        }
        Files.write(file, lines);

        assertThatThrownBy(() -> ResultFolder.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessage(file + ": " + complaint);
    }

    @Test
    void shouldRefuseARunThatListsAPathTwice() {
        fixture.run().withArray("paths").add("ring");

        assertThatThrownBy(() -> ResultFolder.read(fixture.write(folder)))
            .isInstanceOf(UnreadableResultsException.class).hasMessageEndingWith("run.json: a path is listed twice");
    }

    @Test
    void shouldTakeAFinishedCellThatTheManifestHadNoTimeToNote() {
        fixture.planned(ID).put("status", "planned");

        assertThat(ResultFolder.read(fixture.write(folder)).cells()).hasSize(4).allMatch(CellResult::valid);
    }

    @Test
    void shouldBelieveWhicheverFileSaysInvalid() {
        fixture.planned(ID).put("status", "invalid").putArray("reasons").add("slip");
        fixture.cell("rwlock-ring-r1").put("status", "invalid").putArray("reasons").add("overlap");

        ResultFolder read = ResultFolder.read(fixture.write(folder));

        assertThat(read.cells()).filteredOn(cell -> !cell.valid())
            .extracting(cell -> cell.reasons().stream().map(Reason::sentence).toList())
            .containsExactlyInAnyOrder(List.of("slip"), List.of("overlap"));
    }

    @Test
    void shouldNameAFailedCellWithItsReason() {
        fixture.fail(ID, "exit code 134");

        assertThat(ResultFolder.read(fixture.write(folder)).missing()).singleElement().satisfies(cell -> {
            assertThat(cell.kind()).isEqualTo(CellLoss.FAILED);
            assertThat(cell.reasons()).containsExactly("exit code 134");
        });
    }

    @Test
    void shouldLeaveACellOutWhenItsJsonIsMissing() throws IOException {
        fixture.write(folder);
        Files.delete(folder.resolve("cells").resolve(ID + ".json"));

        assertLeftOut("cells/" + ID + ".json: the file is missing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.99})
    void shouldLeaveACellOutWhenItsJsonIsCutOff(double kept) throws IOException {
        fixture.write(folder);
        cut(folder.resolve("cells").resolve(ID + ".json"), kept);

        assertLeftOut("cells/" + ID + ".json: ");
    }

    @Test
    void shouldLeaveACellOutWhenItsLogIsMissing() throws IOException {
        fixture.write(folder);
        Files.delete(folder.resolve("cells").resolve(ID + ".hlog"));

        assertLeftOut("cells/" + ID + ".hlog: the file is missing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.77, 0.999})
    void shouldKeepThePartOfACutLogApartAndNameTheLine(double kept) throws IOException {
        fixture.write(folder);
        Path log = folder.resolve("cells").resolve(ID + ".hlog");
        cutWithinLine(log, kept);
        String text = Files.readString(log);
        long whole = text.chars().filter(c -> c == '\n').count();

        CellHistograms part = assertPartial(
            "cells/" + ID + ".hlog: cut off in its last line (line " + (whole + 1) + ")");

        Files.writeString(log, text.substring(0, text.lastIndexOf('\n') + 1));
        CellHistograms good = HlogReader.read(log);
        assertThat(part.tags()).isEqualTo(good.tags());
        good.tags().forEach(tag -> assertThat(part.of(tag).count()).isEqualTo(good.of(tag).count()).isPositive());
    }

    @Test
    void shouldCountNothingOfADamagedLineNorBehindIt() throws IOException {
        byte[] log = Fixtures.log(Tags.ATTACH, 5000, 100);
        String text = new String(log, StandardCharsets.UTF_8);
        String line = text.substring(text.lastIndexOf("Tag="));
        fixture.log(ID, (text + line.replace("0.000", "1.000") + "no line of a log\n" + line)
            .getBytes(StandardCharsets.UTF_8));
        fixture.write(folder);

        CellHistograms part = assertPartial("line " + (text.lines().count() + 2) + " is no line of such a log");

        assertThat(part.of(Tags.ATTACH).count()).isEqualTo(200);
        assertThat(part.slices().get(Tags.ATTACH)).hasSize(2);
    }

    @Test
    void shouldLeaveACellOutWhenItsLogIsEmptyOrHoldsNoHistogram() {
        fixture.log(ID, new byte[0]).log("mutex-ring-r1", "#[Logged with nothing]\n".getBytes(StandardCharsets.UTF_8));

        assertThat(ResultFolder.read(fixture.write(folder)).missing())
            .extracting(cell -> cell.reasons().get(0)).containsExactly(
                "cells/mutex-ring-r1.hlog: holds no histogram", "cells/" + ID + ".hlog: the file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a line of a log\n", "Tag=attach,0.000,1.000\n",
        "Tag=attach,0.000,1.000,0.1,HISTFAAAAAB42g==\n", "Tag=attach,0.000,1.000,0.1,%%%%\n"})
    void shouldKeepACellApartWhenALineOfItsLogIsDamaged(String line) throws IOException {
        fixture.write(folder);
        Path log = folder.resolve("cells").resolve(ID + ".hlog");
        List<String> lines = Files.readAllLines(log);
        int damaged = lines.size() / 2;
        lines.add(damaged, line.strip());
        Files.write(log, lines);

        assertPartial("line " + (damaged + 1) + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oracles", "ledger", "rates", "threadOverlap", "sampleEvery", "arrivalsDigest"})
    void shouldLeaveACellOutRatherThanReadAMissingFieldAsZero(String field) {
        fixture.cell(ID).remove(field);
        fixture.write(folder);

        assertLeftOut(field);
    }

    @Test
    void shouldLeaveACellOutWhenAnOracleHasNoCount() {
        ((ObjectNode) fixture.cell(ID).withArray("oracles").get(0)).remove("violations");
        fixture.write(folder);

        assertLeftOut("violations");
    }

    @Test
    void shouldLeaveACellOutWhenItBelongsElsewhereOrIsNewer() {
        fixture.cell(ID).put("repeat", 9);
        fixture.cell("mutex-ring-r1").put("version", 3);

        assertThat(ResultFolder.read(fixture.write(folder)).missing()).extracting(cell -> cell.reasons().get(0))
            .containsExactly("cells/mutex-ring-r1.json: is version 3 of steward-cell, this reader knows up to 2: use "
                + "a newer Steward", "cells/" + ID + ".json: belongs to another cell (" + ID + ")");
    }

    @Test
    void shouldRefuseAFolderWithoutManifest() {
        assertThatThrownBy(() -> ResultFolder.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("run.json: the file is missing");
    }

    @Test
    void shouldRefuseANewerVersionInOneLine() {
        assertRefused(run -> run.put("version", 2), "is version 2 of steward-run, this reader knows up to 1");
    }

    @Test
    void shouldRefuseAForeignFile() {
        assertRefused(run -> run.put("format", "other"), "not a steward-run file");
    }

    @Test
    void shouldRefuseAManifestWithoutAFieldOrWithAWrongOne() {
        assertRefused(run -> run.remove("strategies"), "strategies");
        assertRefused(run -> run.putNull("limits"), "limits");
        assertRefused(run -> run.put("status", "perhaps"), "perhaps");
    }

    @Test
    void shouldLeaveOutACellWhoseIdLeadsOutOfTheFolder() throws IOException {
        Fixture odd = Fixture.of(List.of("mutex"), List.of("ring"), 2);
        ((ObjectNode) odd.run().withArray("cells").get(0)).put("id", "../../secret");
        odd.write(folder);

        ResultFolder result = ResultFolder.read(folder);

        assertThat(result.cells()).hasSize(1);
        assertThat(result.missing()).singleElement().satisfies(missing ->
            assertThat(missing.reasons()).containsExactly("its id is not a plain file name"));
    }

    @Test
    void shouldLeaveOutACellWithTheLogOfAnother() throws IOException {
        fixture.write(folder);
        Path cells = folder.resolve("cells");
        Files.writeString(cells.resolve(ID + ".hlog"), "#[rwlock-ring-r1]\n"
            + Files.readString(cells.resolve("rwlock-ring-r1.hlog")).lines().filter(line -> !line.startsWith("#["))
                .collect(Collectors.joining("\n")) + "\n");

        assertLeftOut("is the log of another cell, [rwlock-ring-r1]");
    }

    @Test
    void shouldLeaveOutACellWhoseLogIsNotTheOneItWasSealedWith() {
        fixture.cell(ID).put("logDigest", "0".repeat(32));
        fixture.write(folder);

        assertLeftOut("is not the log that was written with the cell");
    }

    @Test
    void shouldLeaveOutACellWhoseLogRepeatsALine() throws IOException {
        fixture.write(folder);
        Path log = folder.resolve("cells").resolve(ID + ".hlog");
        List<String> lines = Files.readAllLines(log);
        String slice = lines.stream().filter(line -> line.startsWith("Tag=" + Tags.EVENT_ENQUEUE + ",")).findFirst()
            .orElseThrow();
        Files.writeString(log, String.join("\n", lines) + "\n" + slice + "\n");

        assertLeftOut("holds two slices of one time");
    }

    @Test
    void shouldRefuseAStrategyThatIsListedTwice() {
        assertRefused(run -> run.withArray("strategies").add(run.withArray("strategies").get(0).deepCopy()),
            "strategy mutex is listed twice");
    }

    @Test
    void shouldRefuseACellThatIsListedTwiceOrNamesAnUnknownStrategy() {
        assertRefused(run -> run.withArray("cells").add(run.withArray("cells").get(0).deepCopy()), "listed twice");
        assertRefused(run -> ((ObjectNode) run.withArray("cells").get(0)).put("strategy", "other"), "not listed");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void shouldRefuseAManifestThatIsCutOff(double kept) throws IOException {
        fixture.write(folder);
        cut(folder.resolve("run.json"), kept);

        assertThatThrownBy(() -> ResultFolder.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("run.json").hasMessageNotContaining("\n");
    }

    private void assertRefused(Consumer<ObjectNode> change, String reason) {
        Fixture other = Fixture.of(List.of("mutex"), List.of("ring"), 1);
        change.accept(other.run());
        other.write(folder);
        assertThatThrownBy(() -> ResultFolder.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageContaining("run.json: ").hasMessageContaining(reason).hasMessageNotContaining("\n");
    }

    private void assertLeftOut(String reason) {
        ResultFolder read = ResultFolder.read(folder);
        assertThat(read.cells()).hasSize(3).noneMatch(cell -> cell.json().id().equals(ID));
        assertThat(read.missing()).singleElement().satisfies(cell -> {
            assertThat(cell.id()).isEqualTo(ID);
            assertThat(cell.kind()).isEqualTo(CellLoss.UNREADABLE);
            assertThat(cell.reasons()).singleElement().asString().contains(reason).contains("cells/" + ID)
                .doesNotContain("\n");
        });
    }

    private CellHistograms assertPartial(String reason) {
        ResultFolder read = ResultFolder.read(folder);
        assertThat(read.cells()).hasSize(3).noneMatch(cell -> cell.json().id().equals(ID));
        MissingCell cell = read.missing().get(0);
        assertThat(read.missing()).hasSize(1);
        assertThat(cell.id()).isEqualTo(ID);
        assertThat(cell.kind()).isEqualTo(CellLoss.PARTIAL);
        assertThat(cell.reasons()).singleElement().asString().contains(reason).contains("cells/" + ID + ".hlog: ")
            .doesNotContain("\n");
        return cell.part();
    }

    /** A line that lost nothing but its end of line, or its padding, is whole. */
    private static void cutWithinLine(Path log, double kept) throws IOException {
        String text = Files.readString(log);
        int from = text.lastIndexOf('\n', (int) (text.length() * kept)) + 1;
        Files.writeString(log, text.substring(0, (from + text.indexOf('\n', from)) / 2));
    }

    private static void cut(Path file, double kept) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * kept)));
    }
}
