package dev.steward.loadgen.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A text in UTF-16 with a byte order mark, as PowerShell redirects into files, given as UTF-8.
 *
 * <p>Threading: one thread.
 */
final class Utf16Stream extends InputStream {
    private final Reader text;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = {};
    private int at;

    Utf16Stream(InputStream in) {
        text = new InputStreamReader(in, StandardCharsets.UTF_16);
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, into, from, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (at < bytes.length) {
            return true;
        }
        int count = text.read(chars);
        at = 0;
        bytes = count < 0 ? new byte[0] : new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
