package dev.steward.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files as a whole that a user names: what has no end, or is too large for that, is refused. Pure functions. */
public final class WholeFile {
    /** Largest file that is read as a whole. A run of a million cells has 116 MB. */
    private static final long MAX_BYTES = 512L << 20;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private WholeFile() {
    }

    /**
     * {@return all bytes}
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException with a one-line reason, without the file's name
     */
    public static byte[] bytes(Path file) throws IOException {
        try {
            return bounded(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new IOException("cannot be read: " + reason(e), e);
        }
    }

    /** Java says nothing of its own about a file that may not be read. */
    static String reason(FileSystemException e) {
        return e instanceof AccessDeniedException ? "permission denied"
            : e.getReason() == null ? e.toString() : e.getReason();
    }

    /**
     * {@return all bytes of a file that belongs to a result}
     *
     * @throws IOException with a one-line reason, without the file's name, also if it is missing
     */
    public static byte[] ofResult(Path file) throws IOException {
        try {
            return bytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("the file is missing", e);
        }
    }

    /** {@return what is wrong with a pipe or a device where a file is needed; empty for all else, also if missing} */
    public static Optional<String> pipeOrDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)
            ? Optional.of("is a pipe or a device; a regular file is needed") : Optional.empty();
    }

    private static byte[] bounded(Path file) throws IOException {
        long size = Files.size(file);
        if (!Files.isRegularFile(file)) {
            throw new IOException(pipeOrDevice(file).orElse("is a folder; a regular file is needed"));
        }
        if (size > MAX_BYTES) {
            throw new IOException("has " + ((size - 1 >> 20) + 1) + " MiB; at most " + (MAX_BYTES >> 20) + " are read");
        }
        return Files.readAllBytes(file);
    }

    /**
     * {@return the text of a file in UTF-8, or in UTF-16 if a byte order mark says so: without the mark}
     *
     * @throws CharacterCodingException if it is not; its message says so
     * @throws IOException              as {@link #bytes} does
     */
    public static String text(Path file) throws IOException {
        return text(bytes(file));
    }

    static String text(byte[] bytes) throws CharacterCodingException {
        String text;
        try {
            text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new NoText(e);
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** Java's own message is the length of what was malformed. */
    private static final class NoText extends CharacterCodingException {
        private static final long serialVersionUID = 1;

        NoText(CharacterCodingException cause) {
            initCause(cause);
        }

        @Override
        public String getMessage() {
            return "not UTF-8 text";
        }
    }

    /** Whether a byte order mark says so. */
    static boolean isUtf16(byte[] bytes) {
        return charset(bytes) != StandardCharsets.UTF_8;
    }

    private static Charset charset(byte[] bytes) {
        boolean two = bytes.length > 1;
        if (two && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        return two && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
            ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }
}
