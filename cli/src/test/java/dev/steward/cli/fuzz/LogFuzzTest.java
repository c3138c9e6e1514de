package dev.steward.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.log.KernelLogDecoder;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.log.LogRecord;
import dev.steward.loadgen.log.LogRecords;
import dev.steward.loadgen.log.LogScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a log holds, {@code decode} and {@code replay} find the same events in it, or refuse it both. */
@Tag("slow")
final class LogFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldFindTheSameEventsInEitherReader(byte[] log) throws IOException {
        Path file = Input.write(folder.resolve("kernel.log"), log);

        assertThat(scanned(file)).isEqualTo(decoded(file));
    }

    /** What is certain: line and words. */
    private static List<String> decoded(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        try {
            KernelLogDecoder.decode(file, event -> {
                if (event.complete()) {
                    found.add(event.line() + " " + Arrays.toString(event.toWords()));
                }
            }, diagnostic -> assertThat(diagnostic.message().lines()).hasSize(1));
        } catch (EventLogException e) {
            found.add(e.getMessage());
        }
        return found;
    }

    private static List<String> scanned(Path file) throws IOException {
        Events events = new Events();
        try {
            LogScan.run(file, events);
        } catch (EventLogException e) {
            events.found.add(e.getMessage());
        }
        return events.found;
    }

    /** Keeps the events of SMMUs and nothing else. */
    private static final class Events implements LogRecords {
        private final List<String> found = new ArrayList<>();

        @Override
        public void onRecord(LogRecord record) {
            if (record.device() == null && record.action() == LogAction.EVENT) {
                found.add(record.line() + " " + Arrays.toString(record.words()));
            }
        }

        @Override
        public void onProgress(long line) {
            assertThat(line).isPositive();
        }

        @Override
        public void onSkipped(String kind, String reason, long line) {
            assertThat(reason.lines()).hasSize(1);
        }

        @Override
        public void onSuppressed(long calls) {
            assertThat(calls).isNotNegative();
        }

        @Override
        public void onOverflows(long count) {
            assertThat(count).isNotNegative();
        }

        @Override
        public void onDamage(long line, String what) {
            assertThat(what.lines()).hasSize(1);
        }
    }
}
