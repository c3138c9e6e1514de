package dev.steward.loadgen.log;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a log, plain or packed; what it is packed with is told by its first bytes and not by its name. */
final class LogFile {
    private static final Path STANDARD_INPUT = Path.of(KernelLogDecoder.STANDARD_INPUT);
    /** As {@link ZstdInputStream} says it; its error code is that of any wrong size. */
    private static final String ZSTD_CUT = "Truncated source";
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int MAGIC_BYTES = 4;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ZSTD_MAGIC = 0x28b5_2ffd;
    private static final int XZ_MAGIC = 0xfd37_7a58;
    private static final int BZIP2_MAGIC = 0x425a68;
    private static final int UTF_16LE_MARK = 0xfffe;
    private static final int UTF_16BE_MARK = 0xfeff;

    private LogFile() {
    }

    /**
     * Opens a log.
     *
     * @throws EventLogException if it is no readable file or packed in a way that is not known; one line, for a user.
     * @throws IOException       if reading fails.
     */
    static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new EventLogException(file + ": is a folder: expected a kernel log");
        }
        InputStream in = file.equals(STANDARD_INPUT) ? standardInput() : plain(file);
        try {
            return unpacked(in, file.toString());
        } catch (IOException e) {
            in.close();
            throw e instanceof EventLogException ? e
                : new EventLogException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Stays open: it may be asked for again. */
    private static InputStream standardInput() {
        return new FilterInputStream(new FileInputStream(FileDescriptor.in)) {
            @Override
            public void close() {
                // not ours
            }
        };
    }

    /** The streams of {@link Files} ask a file for its position, which a pipe does not have. */
    private static InputStream plain(Path file) throws EventLogException {
        try {
            return new FileInputStream(file.toFile());
        } catch (FileNotFoundException e) {
            throw new EventLogException(file + (Files.exists(file)
                ? ": permission denied: expected a readable kernel log" : ": no such file: expected a kernel log"));
        }
    }

    /**
     * Unpacks a log.
     *
     * @throws EventLogException if it is packed in a way that is not known.
     * @throws IOException       if reading fails.
     */
    static InputStream unpacked(InputStream packed, String file) throws IOException {
        InputStream in = new BufferedInputStream(packed, BUFFER_BYTES);
        in.mark(MAGIC_BYTES);
        byte[] first = in.readNBytes(MAGIC_BYTES);
        in.reset();
        int magic = 0;
        for (int i = 0; i < MAGIC_BYTES; i++) {
            magic = magic << 8 | (i < first.length ? first[i] & 0xff : 0);
        }
        if (magic >>> 16 == GZIP_MAGIC) {
            try {
                return new GZIPInputStream(in, BUFFER_BYTES);
            } catch (EOFException e) {
                throw new EventLogException(file + ": the packed file is cut short at its start: nothing can be read");
            } catch (ZipException e) {
                throw new EventLogException(file + ": starts like gzip but is not: nothing can be read");
            }
        }
        if (magic == ZSTD_MAGIC) {
            return zstd(in, file);
        }
        if (magic >>> 16 == UTF_16LE_MARK || magic >>> 16 == UTF_16BE_MARK) {
            return new Utf16Stream(in);
        }
        if (magic == XZ_MAGIC || magic >>> 8 == BZIP2_MAGIC) {
            throw new EventLogException(file + ": packed with " + (magic == XZ_MAGIC ? "xz" : "bzip2")
                + ": unpack it first; read as they are: plain text, gzip, zstd");
        }
        return in;
    }

    private static InputStream zstd(InputStream in, String file) throws IOException {
        try {
            return new ZstdInputStream(in);
        } catch (LinkageError e) {
            // The library is native, and it has to be unpacked to a folder from which code may be run.
            throw new EventLogException(file + ": zstd cannot be unpacked on this machine: unpack the log first");
        }
    }

    /** Whether what is packed ends too early. */
    static boolean isCut(IOException e) {
        return e instanceof EOFException
            || e instanceof ZstdIOException && e.getMessage() != null && e.getMessage().startsWith(ZSTD_CUT);
    }

    /** Whether reading failed because what is packed is damaged, not because of the disk. */
    static boolean isUnpacking(IOException e) {
        return e instanceof EOFException || e instanceof ZipException || e instanceof ZstdIOException;
    }
}
