package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NOTHING_DUE | storm | storm: nothing was due in the measured window",
        "SCHEDULE | churn | churn: 5 of 10 arrivals of the window started in it (-50.0 %, limit 1 %)",
        "OVERLAP | | the load threads ran together for 50 % of the window only (limit 95 %)",
        "LOSS | event queue | saturated: 11 of 1000 events were lost at the event queue (1.1 %, limit 1 %)",
        "LOSS | vEVENTQs | saturated: 500 of 1000 events were lost at the vEVENTQs (50.0 %, limit 1 %)",
        "REFUSAL | | 9 of 10 events never came: eventq.maxStalls transactions were stalled already (90.0 %, limit 1 %)",
        "ORACLE | wrong-vsid | oracle wrong-vsid: 2 of 9 checks, first after 17 ms",
        "OTHER | | the machine was unplugged",
    })
    void shouldTellTheKindOfASentenceOfVersion1AndPrintItUnchanged(Reason.Kind kind, String name, String sentence) {
        Reason reason = Reason.ofSentence(sentence);

        assertThat(reason.kind()).isEqualTo(kind);
        assertThat(reason.name()).isEqualTo(name);
        assertThat(reason.sentence()).isEqualTo(sentence);
    }

    @Test
    void shouldPrintWhatVersion1WroteAndTellItsKind() {
        for (Reason reason : new Reason[] {
            Reason.nothingDue("storm"), Reason.schedule("churn", 12, 10, 0.01), Reason.overlap(0, 0.95),
            Reason.overlap(0.5, 0.95), Reason.loss("event queue", 11, 1000, 0.01), Reason.refusal(11, 1011, 0.01),
            Reason.oracle(new CellRecord.Oracle("torn-snapshot", 2, 9, 17L, ""))}) {
            Reason old = Reason.ofSentence(reason.sentence());

            assertThat(old.kind()).isEqualTo(reason.kind());
            assertThat(old.name()).isEqualTo(reason.name());
        }
    }

    @Test
    void shouldSayWhatWasDoneToThreads() {
        assertThat(Reason.disturbed("take-cpus", 1_234).sentence())
            .isEqualTo("disturbed on purpose: take-cpus, 1234 times");
        assertThatThrownBy(() -> new Reason(Reason.Kind.DISTURBED, "shuffle", null, null, null, null, null, null))
            .hasMessageStartingWith("a reason of kind DISTURBED lacks one of its fields");
    }

    @Test
    void shouldComeBackFromAFileAsItWasWritten(@TempDir Path folder) throws IOException {
        record Both(String format, int version, Reason data, Reason words) {
        }

        Path file = folder.resolve("x.json");
        JsonFile.write(file, new Both("x", 1, Reason.schedule("storm", 5, 10, 0.01), Reason.ofSentence("because")));

        assertThat(new ObjectMapper().readTree(Files.readString(file)).path("data").properties()).hasSize(5);
        Both read = JsonFile.read(file, "x", 1, Both.class);
        assertThat(read.data()).isEqualTo(Reason.schedule("storm", 5, 10, 0.01));
        assertThat(read.words().sentence()).isEqualTo("because");
        Files.writeString(file, "{\"format\":\"x\",\"version\":1,\"data\":\"storm: nothing was due in the\","
            + "\"words\":{\"kind\":\"other\",\"text\":\"a\"}}");
        assertThat(JsonFile.read(file, "x", 1, Both.class).data().isAboutScheduleOf("storm")).isTrue();
    }

    @Test
    void shouldRefuseAReasonWithoutItsFigures(@TempDir Path folder) throws IOException {
        record One(String format, int version, Reason reason) {
        }

        Path file = Files.writeString(folder.resolve("x.json"),
            "{\"format\":\"x\",\"version\":1,\"reason\":{\"kind\":\"schedule\",\"name\":\"storm\"}}");

        assertThatThrownBy(() -> JsonFile.read(file, "x", 1, One.class)).isInstanceOf(IOException.class)
            .hasMessageStartingWith("reason: a reason of kind SCHEDULE lacks one of its fields");
    }

    @Test
    void shouldRefuseAShareOfNothingAndAKindThatIsNotKnownWithoutTheNameOfAClass(@TempDir Path folder)
        throws IOException {
        record One(String format, int version, Reason reason) {
        }

        Path nothing = Files.writeString(folder.resolve("x.json"), "{\"format\":\"x\",\"version\":1,\"reason\":"
            + "{\"kind\":\"schedule\",\"name\":\"storm\",\"count\":0,\"of\":0,\"limit\":0.01}}");
        Path fancy = Files.writeString(folder.resolve("y.json"),
            "{\"format\":\"x\",\"version\":1,\"reason\":{\"kind\":\"fancy\"}}");

        assertThatThrownBy(() -> JsonFile.read(nothing, "x", 1, One.class)).isInstanceOf(IOException.class)
            .hasMessageContaining("is a share of nothing");
        assertThatThrownBy(() -> JsonFile.read(fancy, "x", 1, One.class)).isInstanceOf(IOException.class)
            .hasMessageContaining("fancy").hasMessageContaining("nothing-due").hasMessageNotContaining("dev.steward");
    }
}
