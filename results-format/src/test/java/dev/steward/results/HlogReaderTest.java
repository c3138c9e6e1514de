package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogWriter;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HlogReaderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,60000000000,3", "1,60000000000,2", "1,3600000000,1", "1000,60000000000,4", "1024,99999,0",
        "7,1000000,5"})
    void shouldCountAsTheLibraryDoes(long lowest, long highest, int digits) throws IOException {
        Random random = new Random(highest + digits);
        Histogram sum = new Histogram(lowest, highest, digits);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(bytes);
        for (int interval = 0; interval < 5; interval++) {
            Histogram part = new Histogram(lowest, highest, digits);
            for (int i = 0; i < 3000; i++) {
                part.recordValueWithCount((long) (Math.pow(random.nextDouble(), 6) * highest), 1 + random.nextInt(300));
            }
            part.recordValue(highest);
            part.recordValueWithCount(0, Integer.MAX_VALUE * 3L);
            part.setTag("attach");
            part.setStartTimeStamp(1000L * interval);
            part.setEndTimeStamp(1000L * interval + 1000);
            writer.outputIntervalHistogram(part);
            sum.add(part);
        }
        writer.close();

        CellHistograms read = HlogReader.read(write(bytes.toByteArray()));

        Distribution expected = Distribution.of(sum);
        Distribution found = read.of("attach");
        assertThat(found.count()).isEqualTo(expected.count()).isEqualTo(sum.getTotalCount());
        assertThat(found.maxNs()).isEqualTo(expected.maxNs());
        assertThat(found.saturated()).isTrue();
        assertThat(found.meanNs()).isCloseTo(expected.meanNs(), Percentage.withPercentage(1e-9));
        for (double quantile = 0.001; quantile < 1; quantile += 0.013) {
            assertThat(found.valueAtNs(quantile)).isEqualTo(sum.getValueAtPercentile(quantile * 100));
        }
        List<CellHistograms.Slice> slices = read.slices().get("attach");
        assertThat(slices).extracting(CellHistograms.Slice::startMs).containsExactly(0L, 1000L, 2000L, 3000L, 4000L);
        assertThat(slices).allMatch(slice -> slice.lengthMs() == 1000);
        Distribution together = Distribution.merge(slices.stream().map(CellHistograms.Slice::values).toList());
        assertThat(together.count()).isEqualTo(found.count());
        assertThat(together.valueAtNs(0.999)).isEqualTo(found.valueAtNs(0.999));
    }

    /** As tables, editors and PowerShell leave a log. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "quotes", "blanks", "mark", "CRLF", "UTF-16LE", "UTF-16BE"})
    void shouldReadALogThatAnotherProgramWroteAgain(String how) throws IOException {
        Histogram values = new Histogram(3);
        values.recordValueWithCount(1000, 7);
        values.setTag("read");
        values.setStartTimeStamp(1000);
        values.setEndTimeStamp(2000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputLegend();
        writer.outputIntervalHistogram(values);
        writer.close();
        String log = bytes.toString(StandardCharsets.UTF_8);
        byte[] again = switch (how) {
            case "quotes" -> log.replaceAll("(?m)^(Tag=read),(.*)$", "\"$1\",\"$2\"").getBytes(StandardCharsets.UTF_8);
            case "blanks" -> log.replace(",", ", ").getBytes(StandardCharsets.UTF_8);
            case "mark" -> ("\ufeff" + log).getBytes(StandardCharsets.UTF_8);
            case "CRLF" -> log.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            case "UTF-16LE", "UTF-16BE" -> ("\ufeff" + log).getBytes(Charset.forName(how));
            default -> bytes.toByteArray();
        };

        assertThat(HlogReader.read(write(again)).of("read").count()).isEqualTo(7);
    }

    @Test
    void shouldNameTheLineThatIsDamaged() throws IOException {
        String text = new String(log("attach", 5000, 100), StandardCharsets.UTF_8);
        int payload = text.lastIndexOf(',') + 1;
        long line = text.lines().count();

        assertRefused(text.substring(0, payload + 20) + "\n", "the histogram in line " + line + " ");
        assertRefused(text.substring(0, payload) + "!!!!\n", "the histogram in line " + line + " is not Base64");
        for (String start : List.of("NaN", "1e300", "0x1p3", "Infinity", "1d", "")) {
            assertRefused(text + "Tag=attach," + start + ",0.25,1.0,HISTFAAA\n",
                "line " + (line + 1) + " has no time in seconds before its values");
        }
        assertRefused(text + "what is this\n", "line " + (line + 1) + " is no line of such a log");
        assertRefused(text + text.substring(text.lastIndexOf("Tag="), payload),
            "cut off in its last line (line " + (line + 1) + ")");
    }

    /** The public viewers are built on the library's own reader. */
    @Test
    void shouldOpenInTheProcessorOfTheLibrary() throws IOException {
        Path log = write(log("event.enqueue", 5000, 1000));
        Path out = folder.resolve("processed");
        PrintStream before = System.out;
        try (PrintStream quiet = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)) {
            System.setOut(quiet);
            HistogramLogProcessor processor = new HistogramLogProcessor(new String[] {
                "-i", log.toString(), "-o", out.toString(), "-tag", "event.enqueue", "-outputValueUnitRatio", "1"});
            processor.run();
        } finally {
            System.setOut(before);
        }

        assertThat(Files.readString(folder.resolve("processed.hgrm"))).contains("Total count    =         1000");
    }

    @Test
    void shouldNeverReadOtherValuesWhenABitIsFlipped() throws IOException {
        String text = new String(log("attach", 5000, 100), StandardCharsets.UTF_8);
        int payload = text.lastIndexOf(',') + 1;
        byte[] octets = Base64.getDecoder().decode(text.substring(payload).strip());
        int refused = 0;
        for (int bit = 0; bit < 8 * octets.length; bit++) {
            octets[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = write((text.substring(0, payload) + Base64.getEncoder().encodeToString(octets) + "\n")
                .getBytes(StandardCharsets.UTF_8));
            octets[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                Distribution read = HlogReader.read(file).of("attach");
                assertThat(read.valuesNs()).as("bit %d", bit).containsExactly(5003);
                assertThat(read.counts()).as("bit %d", bit).containsExactly(100);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("the histogram in line ");
                refused++;
            }
        }
        // A few bits say nothing: four of the first word, and what fills the last octet before the checksum.
        assertThat(refused).isGreaterThan(8 * octets.length - 16);
    }

    @Test
    void shouldAddUpTheSlicesOfATagThatIsNoLongerWrittenInSlices() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(bytes);
        for (int slice = 0; slice < 20; slice++) {
            line(writer, Tags.ATTACH_COMMIT, slice, 100 + slice, 10);
        }
        writer.close();

        CellHistograms read = HlogReader.read(write(bytes.toByteArray()));

        assertThat(read.of(Tags.ATTACH_COMMIT).count()).isEqualTo(200);
        assertThat(read.of(Tags.ATTACH_COMMIT).counts()).hasSize(20).containsOnly(10);
        assertThat(read.slices()).isEmpty();
    }

    private static byte[] log(String tag, long valueNs, int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputLogFormatVersion();
        writer.outputLegend();
        line(writer, tag, 0, valueNs, count);
        writer.close();
        return bytes.toByteArray();
    }

    private static void line(HistogramLogWriter writer, String tag, int second, long valueNs, int count) {
        Histogram histogram = new Histogram(1, 60_000_000_000L, 3);
        histogram.recordValueWithCount(valueNs, count);
        histogram.setTag(tag);
        histogram.setStartTimeStamp(1000L * second);
        histogram.setEndTimeStamp(1000L * second + 1000);
        writer.outputIntervalHistogram(histogram);
    }

    private void assertRefused(String text, String reason) throws IOException {
        Path file = write(text.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> HlogReader.read(file)).isInstanceOf(IOException.class)
            .hasMessageStartingWith(reason);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("log.hlog"), bytes);
    }
}
