package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.event.EventRecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {
    private static final String DEVICE = "arm-smmu-v3.0.auto";

    @TempDir
    private Path folder;

    private Path write(List<String> lines) throws IOException {
        return Files.write(folder.resolve("kern.log"), lines);
    }

    @Test
    void shouldKeepRawAndDecodedEventsAndLeaveOutIncompleteOnes() throws IOException {
        List<String> lines = new SampleLog(0)
            .raw(DEVICE, SampleLog.READ).raw(DEVICE, SampleLog.STALLED).raw(DEVICE, SampleLog.READ)
            .decoded("arm-smmu-v3.1.auto", "0000:75:00.1", SampleLog.STALLED).lines();
        lines.remove(7);
        EventLog log = EventLog.load(write(lines));
        assertThat(log.size()).isEqualTo(3);
        assertThat(log.summary().incompleteEvents()).isOne();
        assertThat(log.name()).endsWith("kern.log");
        long[] record = new long[EventRecordLayout.WORDS];
        log.copyRecord(1, record);
        assertThat(record).isEqualTo(SampleLog.READ);
        assertThat(log.word(2, 0)).isEqualTo(SampleLog.STALLED[0]);
        assertThat(log.word(2, 1)).isEqualTo(SampleLog.STALLED[1] & ~(1L << 44));
        assertThat(log.word(2, 3)).isEqualTo(SampleLog.STALLED[3]);
    }

    @Test
    void shouldGrowWithTheLog() throws IOException {
        SampleLog log = new SampleLog(0);
        for (int i = 0; i < 1000; i++) {
            log.raw(DEVICE, EventRecordLayout.word0(0x10, i), i, 0, 0);
        }
        EventLog loaded = EventLog.load(write(log.lines()));
        assertThat(loaded.size()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(EventRecordLayout.streamId(loaded.word(i, 0))).isEqualTo(i);
        }
    }

    @Test
    void shouldSayWhyALogIsOfNoUse() throws IOException {
        Path file = write(new SampleLog(0).raw(DEVICE, SampleLog.READ).lines().subList(0, 4));
        assertThatThrownBy(() -> EventLog.load(file)).isInstanceOf(EventLogException.class).hasMessage(
            "no usable SMMUv3 event in " + file
                + " (4 lines read, 1 incomplete events; first problem in line 1: only 3 of 4 words)");
    }

    @Test
    void shouldSayWhenALogIsAboutSomethingElse() throws IOException {
        Path file = write(List.of("AMD-Vi: Event logged [IO_PAGE_FAULT]"));
        assertThatThrownBy(() -> EventLog.load(file)).isInstanceOf(EventLogException.class).hasMessage(
            "no usable SMMUv3 event in " + file
                + " (1 lines read, 0 incomplete events; no line of an arm-smmu-v3 driver announces an event)");
    }
}
