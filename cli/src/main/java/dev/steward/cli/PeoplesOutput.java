package dev.steward.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/** Standard output for people: a writer swallows failures, so this remembers the first. */
final class PeoplesOutput {
    private final PrintWriter writer;
    private IOException failure;

    PeoplesOutput(OutputStream target) {
        writer = new PrintWriter(new OutputStreamWriter(new FilterOutputStream(target) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                    throw e;
                }
            }
        }, charset()), true);
    }

    /** That of the terminal; JVMs before 19 tell it otherwise. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    PrintWriter writer() {
        return writer;
    }

    /** Why output was lost, or null if none was, or if the reader did not want any more. */
    String lost() {
        writer.flush();
        boolean wanted = failure != null
            && !StandardOutput.readerGone(new UncheckedIOException(failure.getMessage(), failure));
        return wanted ? failure.getMessage() : null;
    }
}
