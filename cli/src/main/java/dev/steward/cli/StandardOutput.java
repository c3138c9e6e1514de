package dev.steward.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * The stream that data goes to, whose failures can be told from those of the file that is read at the same time: they
 * come as {@link UncheckedIOException}.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream target;

    StandardOutput(OutputStream target) {
        this.target = target;
    }

    /** Whether the reader has gone, as {@code head} does when it has seen enough. */
    static boolean readerGone(UncheckedIOException failure) {
        String message = failure.getCause().getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
    }
}
