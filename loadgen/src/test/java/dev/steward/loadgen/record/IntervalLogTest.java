package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.results.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntervalLogTest {
    private static final long MS = 1_000_000;
    private static final long MEASURE_START_MS = 1_700_000_000_123L;
    private static final Window WINDOW = new Window(0, 1_000 * MS, 1_400 * MS);

    @TempDir
    private Path folder;

    @Test
    void shouldReadBackEveryTagAndInterval() throws IOException {
        Recorders recorders = new Recorders(WINDOW);
        IntervalRecorder attach = recorders.recorder(Tags.ATTACH);
        attach.record(1_000 * MS, 5_000);
        attach.record(1_399 * MS, 7_000);
        recorders.recorder(Tags.HICCUP).record(1_399 * MS, 11);

        List<Histogram> read = readBack(recorders);

        assertThat(read.subList(0, 8)).extracting(Histogram::getTag).containsOnly(Tags.ATTACH);
        assertThat(read.subList(8, 16)).extracting(Histogram::getTag).containsOnly(Tags.HICCUP);
        assertThat(read).extracting(Histogram::getTotalCount)
            .containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(read.get(0).getMaxValue()).isBetween(5_000L, 5_003L);
        assertThat(read.get(7).getMaxValue()).isBetween(7_000L, 7_003L);
        assertThat(read.get(15).getMaxValue()).isEqualTo(11);
    }

    @Test
    void shouldPlaceTheIntervalsInWallClockTime() throws IOException {
        Recorders recorders = new Recorders(WINDOW);
        recorders.recorder(Tags.ATTACH).record(1_000 * MS, 5);

        List<Histogram> read = readBack(recorders);

        assertThat(read).hasSize(8);
        for (int slice = 0; slice < 8; slice++) {
            // The format has seconds with three digits, rounded.
            assertThat(read.get(slice).getStartTimeStamp() - MEASURE_START_MS - 50L * slice).isBetween(-1L, 1L);
            assertThat(read.get(slice).getEndTimeStamp() - MEASURE_START_MS - 50L * (slice + 1)).isBetween(-1L, 1L);
        }
    }

    @Test
    void shouldAddUpTheRecordersOfOneTag() throws IOException {
        Recorders recorders = new Recorders(WINDOW);
        for (int thread = 1; thread <= 3; thread++) {
            IntervalRecorder recorder = recorders.recorder(Tags.SLIP_CHURN);
            for (int i = 0; i < thread; i++) {
                recorder.record(1_100 * MS, 100 * thread);
            }
        }

        Histogram sum = readBack(recorders).get(0);

        assertThat(sum.getTotalCount()).isEqualTo(6);
        assertThat(sum.getCountAtValue(100)).isEqualTo(1);
        assertThat(sum.getCountAtValue(200)).isEqualTo(2);
        assertThat(sum.getCountAtValue(300)).isEqualTo(3);
    }

    @Test
    void shouldLeaveOutATagWithoutValues() throws IOException {
        Recorders recorders = new Recorders(WINDOW);
        recorders.recorder(Tags.GRACE);
        recorders.recorder(Tags.ATTACH).record(1_000 * MS, 5);

        assertThat(readBack(recorders)).extracting(Histogram::getTag).containsOnly(Tags.ATTACH);
    }

    @Test
    void shouldNameTheCellAndTheFormatAtTheTop() throws IOException {
        readBack(new Recorders(WINDOW));

        assertThat(Files.readAllLines(folder.resolve("cell.hlog")))
            .startsWith("#[rwlock-ring-r1]", "#[values in nanoseconds]", "#[Histogram log format version 1.3]");
    }

    @Test
    void shouldFailWhenTheFileCannotBeWritten() {
        assertThatThrownBy(() -> IntervalLog.write(
            folder.resolve("absent").resolve("cell.hlog"), new Recorders(WINDOW), List.of(), MEASURE_START_MS, "x"))
            .isInstanceOf(IOException.class);
    }

    private List<Histogram> readBack(Recorders recorders) throws IOException {
        Path file = folder.resolve("cell.hlog");
        IntervalLog.write(file, recorders, List.of(), MEASURE_START_MS, "rwlock-ring-r1");
        List<Histogram> all = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram next = reader.nextIntervalHistogram();
                if (next != null) {
                    all.add((Histogram) next);
                }
            }
        }
        return all;
    }
}
