package dev.steward.loadgen.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.ObjLongConsumer;

/** The plain messages of a kernel log, for readers of lines that are not about an IOMMU. Pure functions. */
public final class KernelMessages {
    private KernelMessages() {
    }

    /**
     * Reads a log as below, for readers to whom damage is damage.
     *
     * @param damage gets what is not read, in words, and its line.
     */
    public static void read(Path log, ObjLongConsumer<String> messages, ObjLongConsumer<String> damage)
        throws IOException {
        read(log, messages, damage, damage);
    }

    /**
     * Reads a log: plain, gzip or zstd. What is damaged is skipped and reported.
     *
     * @param messages gets each message without what stands before it, and its line from 1.
     * @param damage   gets what is skipped, in words, and its line.
     * @param cut      gets why the rest is not read, in words, and the line.
     * @throws EventLogException if it is no text or cannot be opened; one line, for a user.
     * @throws IOException       if reading fails.
     */
    public static void read(
        Path log, ObjLongConsumer<String> messages, ObjLongConsumer<String> damage, ObjLongConsumer<String> cut)
        throws IOException {
        try (InputStream in = LogFile.open(log)) {
            new LineCutter(in, log.toString(), new LineCutter.Listener() {
                @Override
                public void onLine(LogLine line) {
                    line.parts().forEach(part -> messages.accept(part.message(), part.number()));
                }

                @Override
                public void onDamage(long line, String what) {
                    damage.accept(what, line);
                }

                @Override
                public void onCut(long line, String what) {
                    cut.accept(what, line);
                }

                @Override
                public void onOverlongLine(long line) {
                    onDamage(line, LineCutter.OVERLONG + " skipped");
                }
            }).run();
        }
    }
}
