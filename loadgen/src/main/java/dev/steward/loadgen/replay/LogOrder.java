package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogRecord;
import java.io.IOException;
import java.util.PriorityQueue;

/**
 * Brings what was found in a log back into the order of its lines: an SMMU event is whole only lines after it began.
 *
 * <p>Threading: one thread. Holds what was found since the oldest open event began, which is closed after a bounded
 * number of lines.
 */
final class LogOrder {
    private record Entry(LogRecord record, int stream, long sequence) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byLine = Long.compare(record.line(), other.record.line());
            return byLine == 0 ? Long.compare(sequence, other.sequence) : byLine;
        }
    }

    private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
    private final ReplayClock playing;
    private final TraceWriter writer;
    private long sequence;

    LogOrder(ReplayClock playing, TraceWriter writer) {
        this.playing = playing;
        this.writer = writer;
    }

    /** Takes what was found. */
    void add(LogRecord record, int stream) {
        waiting.add(new Entry(record, stream, sequence++));
    }

    /** Writes everything of the lines before one. */
    void writeBefore(long line) throws IOException {
        for (Entry entry = waiting.peek(); entry != null && entry.record.line() < line; entry = waiting.peek()) {
            waiting.poll();
            LogRecord record = entry.record;
            long timeNs = playing.place(record.stamp());
            writer.add(timeNs, record.action(), entry.stream, record.words());
        }
    }
}
