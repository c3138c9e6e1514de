package dev.steward.loadgen.klog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way must find what the long way finds, or leave the line to it. */
class RawLineReaderTest {
    private static final int EVENTS = 20;
    private int taken;

    @ParameterizedTest
    @ValueSource(strings = {
        "[    7.471032] [pid:134,cpu0,irq/13-arm-smmu]arm-smmu-v3 arm-smmu-v3.0.auto:",
        "[12345.471032] arm-smmu-v3 fc900000.iommu:",
        "Feb  6 12:00:00 host kernel: [    7.471032] arm-smmu-v3 arm-smmu-v3.5.auto:",
        "arm-smmu-v3 arm-smmu-v3.5.auto:"})
    void shouldTakeAllLinesOfAStormButTheFirst(String prefix) {
        List<String> log = storm(prefix);

        assertThat(shortWay(log)).isEqualTo(longWay(log)).hasSize(EVENTS);
        assertThat(taken).isEqualTo(log.size() - 1);
    }

    @Test
    void shouldLearnAnewWhenAnotherSmmuSpeaks() {
        List<String> log = new ArrayList<>(storm("[    7.000000] arm-smmu-v3 arm-smmu-v3.0.auto:"));
        log.addAll(storm("[    8.000000] arm-smmu-v3 arm-smmu-v3.1.auto:"));

        assertThat(shortWay(log)).isEqualTo(longWay(log)).hasSize(2 * EVENTS);
        assertThat(taken).isEqualTo(log.size() - 2);
    }

    @Test
    void shouldFindInADamagedLogWhatTheLongWayFinds() {
        Random random = new Random(20_261_125);
        String fitting = "0123456789abcdefxX[]:. \t=event#-\r\u001b\u00e4";
        int incomplete = 0;
        for (int round = 0; round < 2_000; round++) {
            List<String> log = new ArrayList<>(storm("[    7.471032] [irq]arm-smmu-v3 arm-smmu-v3.0.auto:"));
            for (int damage = random.nextInt(8); damage > 0; damage--) {
                int at = random.nextInt(log.size());
                StringBuilder line = new StringBuilder(log.get(at));
                int column = random.nextInt(Math.max(1, line.length()));
                switch (random.nextInt(4)) {
                    case 0 -> line.setLength(column);
                    case 1 -> line.insert(column, fitting.charAt(random.nextInt(fitting.length())));
                    case 2 -> line.append(log.get(random.nextInt(log.size())));
                    default -> line.replace(
                        column, column + 1, fitting.substring(random.nextInt(fitting.length())).substring(0, 1));
                }
                log.set(at, line.toString());
            }
            List<String> found = shortWay(log);
            assertThat(found).isEqualTo(longWay(log));
            incomplete += found.toString().contains("complete=false") ? 1 : 0;
        }
        assertThat(incomplete).isGreaterThan(500);
        assertThat(taken).isGreaterThan(50_000);
    }

    private static List<String> storm(String prefix) {
        List<String> lines = new ArrayList<>();
        int micros = 471_032;
        for (int event = 0; event < EVENTS; event++) {
            int id = event % 2 == 0 ? 0x10 : 0x2;
            lines.add(prefix + " event 0x" + String.format("%02x", id) + " received:");
            for (int word = 0; word < 4; word++) {
                long value = word == 0 ? id | event * 0x100L << 32 : event * 0xabcdefL;
                lines.add(prefix + String.format("\t0x%016x", value));
            }
            for (int line = lines.size() - 5; line < lines.size(); line++) {
                lines.set(line, lines.get(line).replaceFirst("\\.\\d{6}\\]", "." + micros++ + "]"));
            }
        }
        return lines;
    }

    private List<String> shortWay(List<String> log) {
        return read(log, true);
    }

    private List<String> longWay(List<String> log) {
        return read(log, false);
    }

    private List<String> read(List<String> log, boolean tryBytes) {
        List<String> found = new ArrayList<>();
        EventLines lines = new EventLines(
            "a.log", event -> found.add(event.toString()), diagnostic -> found.add(diagnostic.toString()));
        for (int i = 0; i < log.size(); i++) {
            byte[] bytes = ("x\n" + log.get(i) + "\nx").getBytes(StandardCharsets.UTF_8);
            if (tryBytes && lines.onRawLine(i + 1, bytes, 2, bytes.length - 2)) {
                taken++;
            } else {
                lines.onLine(i + 1, log.get(i), true);
            }
        }
        lines.end(log.size());
        return found;
    }
}
