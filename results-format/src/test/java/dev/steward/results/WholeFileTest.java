package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    private Path file(byte... content) throws IOException {
        return Files.write(folder.resolve("file"), content);
    }

    @Test
    void shouldReadTextWithAByteOrderMarkAndWithout() throws IOException {
        assertThat(WholeFile.text(file("\u00e9".getBytes(StandardCharsets.UTF_8)))).isEqualTo("\u00e9");
        assertThat(WholeFile.text(file("\ufeff[1]".getBytes(StandardCharsets.UTF_8)))).isEqualTo("[1]");
        assertThat(WholeFile.text(file("\ufeff[1]".getBytes(StandardCharsets.UTF_16LE)))).isEqualTo("[1]");
        assertThat(WholeFile.text(file("\ufeff[1]".getBytes(StandardCharsets.UTF_16BE)))).isEqualTo("[1]");
        assertThat(WholeFile.text(file())).isEmpty();
        assertThatThrownBy(() -> WholeFile.text(file((byte) 0xe9, (byte) 'a')))
            .isInstanceOf(CharacterCodingException.class);
    }

    /** A file system gives no reason where the kind of failure says it all; root is denied nothing. */
    @Test
    void shouldSayWhyAFileCannotBeRead() {
        assertThat(WholeFile.reason(new AccessDeniedException("a"))).isEqualTo("permission denied");
        assertThat(WholeFile.reason(new FileSystemException("a", null, "Stale file handle")))
            .isEqualTo("Stale file handle");
        assertThat(WholeFile.reason(new NotDirectoryException("a")))
            .isEqualTo("java.nio.file.NotDirectoryException: a");
    }

    @Test
    void shouldSayThatLinesOfBytesAreNoText() {
        assertThatThrownBy(() -> JsonLines.read(new byte[] {(byte) 0xe9, 'a', '\n'}, TurnRecord.class))
            .hasMessage("not UTF-8 text");
    }

    @Test
    void shouldRefuseWhatIsNoFileOrHasNoEnd() throws IOException {
        assertThatThrownBy(() -> WholeFile.bytes(folder)).hasMessage("is a folder; a regular file is needed");
        assertThatThrownBy(() -> WholeFile.bytes(Path.of("/dev/zero")))
            .hasMessage("is a pipe or a device; a regular file is needed");
        Path large = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength((512L << 20) + 1);
        }
        assertThatThrownBy(() -> WholeFile.bytes(large)).hasMessage("has 513 MiB; at most 512 are read");
    }
}
