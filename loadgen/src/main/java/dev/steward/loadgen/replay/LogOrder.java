package dev.steward.loadgen.replay;

import java.io.IOException;
import java.util.PriorityQueue;

/**
 * Brings what was found in a log back into the order of its lines: an SMMU event is whole only lines after it began.
 *
 * <p>Threading: one thread. Holds what was found since the oldest open event began, which is closed after a bounded
 * number of lines.
 */
final class LogOrder {
    /** One line's or one event's record. */
    record Entry(
        long line, long sequence, Stamp.Clock clock, long stampNs, TraceAction action, int stream, long[] words)
        implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byLine = Long.compare(line, other.line);
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

    /**
     * Takes what was found.
     *
     * @param openFrom what is still to be found stands on this line or later; before it nothing has to wait.
     */
    void add(
        long openFrom, long line, Stamp.Clock clock, long stampNs, TraceAction action, int stream, long... words)
        throws IOException {
        if (waiting.isEmpty() && line < openFrom) {
            write(clock, stampNs, action, stream, words);
        } else {
            waiting.add(new Entry(line, sequence++, clock, stampNs, action, stream, words));
        }
    }

    /** Writes everything of the lines before one. */
    void writeBefore(long line) throws IOException {
        for (Entry entry = waiting.peek(); entry != null && entry.line < line; entry = waiting.peek()) {
            waiting.poll();
            write(entry.clock, entry.stampNs, entry.action, entry.stream, entry.words);
        }
    }

    private void write(Stamp.Clock clock, long stampNs, TraceAction action, int stream, long... words)
        throws IOException {
        long timeNs = playing.place(clock, stampNs);
        writer.add(timeNs, action, stream, words[0], words[1], words[2], words[3]);
    }
}
