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
     * Reads a log: plain, gzip or zstd. What is damaged is skipped.
     *
     * @param messages gets each message without what stands before it, and its line from 1.
     * @throws EventLogException if it is no text or cannot be opened; one line, for a user.
     * @throws IOException       if reading fails.
     */
    public static void read(Path log, ObjLongConsumer<String> messages) throws IOException {
        try (InputStream in = LogFile.open(log)) {
            new LineCutter(in, log.toString(),
                line -> line.parts().forEach(part -> messages.accept(part.message(), part.number()))).run();
        }
    }
}
