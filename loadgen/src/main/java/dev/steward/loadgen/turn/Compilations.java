package dev.steward.loadgen.turn;

import dev.steward.loadgen.outlier.JvmLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the optimizing compiler of a JVM took up, by the JVM's log, which grows while it is read. Only methods of the
 * suite and its libraries: what a turn runs.
 *
 * <p>Threading: one thread.
 */
final class Compilations {
    private final Path log;
    private final List<Long> timesNs = new ArrayList<>();
    private long position;

    /** Of a log that may be missing. */
    Compilations(Path log) {
        this.log = log;
    }

    /** Methods taken up between two times of {@code System.nanoTime()}; null if there is no log. */
    Integer between(long fromNs, long toNs) {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE, channel.size() - position));
            channel.position(position);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // until all is read
                continue;
            }
            take(new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return null;
        }
        return (int) timesNs.stream().filter(time -> time - fromNs >= 0 && time - toNs < 0).count();
    }

    /** Whole lines only; the rest is read again when it has grown. */
    private void take(String text) {
        int end = text.lastIndexOf('\n') + 1;
        position += end;
        for (String line : text.substring(0, end).split("\n")) {
            JvmLog.optimizedAtNs(line).ifPresent(timesNs::add);
        }
    }
}
