package dev.steward.loadgen.log;

import dev.steward.engine.event.EventRecordLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The records of a log that a storm can draw from: every complete event as four words. Immutable after loading, safe
 * for any thread.
 */
public final class EventLog {
    /** Most records that are kept, 32 MiB of words; the rest of a longer log is counted but not kept. (own) */
    public static final int MAX_RECORDS = 1 << 20;

    private final String name;
    private final LogSummary summary;
    private final long[] words;

    private EventLog(String name, LogSummary summary, long[] words) {
        this.name = name;
        this.summary = summary;
        this.words = words;
    }

    /**
     * Loads a log.
     *
     * @return its records, at least one.
     * @throws EventLogException if the file is not text or has no complete event; the message is made for people.
     * @throws IOException       if it cannot be read.
     */
    public static EventLog load(Path file) throws IOException {
        Collector collector = new Collector();
        LogSummary summary = KernelLogDecoder.decode(file, collector::add, collector::note);
        if (collector.count == 0) {
            throw new EventLogException(String.format(
                "no usable SMMUv3 event in %s (%d lines read, %d incomplete events; %s)",
                file, summary.lines(), summary.incompleteEvents(), collector.reason()));
        }
        return new EventLog(file.toString(), summary, collector.words.build().toArray());
    }

    /** Records kept, 1 to {@link #MAX_RECORDS}. */
    public int size() {
        return words.length / EventRecordLayout.WORDS;
    }

    /** One word of a record, 0 to 3. */
    public long word(int record, int word) {
        return words[record * EventRecordLayout.WORDS + word];
    }

    /**
     * Copies one record.
     *
     * @param record      0 to {@link #size()} - 1.
     * @param destination receives four words from index 0.
     */
    public void copyRecord(int record, long[] destination) {
        System.arraycopy(words, record * EventRecordLayout.WORDS, destination, 0, EventRecordLayout.WORDS);
    }

    /** Name of the log. */
    public String name() {
        return name;
    }

    /** What the whole log held, also what is not kept. */
    public LogSummary summary() {
        return summary;
    }

    /** Grows the records while the log is read. */
    private static final class Collector {
        private final LongStream.Builder words = LongStream.builder();
        private int count;
        private Diagnostic first;

        void add(DecodedEvent event) {
            if (event.complete() && count < MAX_RECORDS) {
                Arrays.stream(event.toWords()).forEach(words);
                count++;
            }
        }

        void note(Diagnostic diagnostic) {
            if (first == null) {
                first = diagnostic;
            }
        }

        String reason() {
            return first == null
                ? "no line of an arm-smmu-v3 driver announces an event"
                : "first problem in line " + first.line() + ": " + first.message();
        }
    }
}
