package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComplaintsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameNoClassOfAFailureOfAFile() {
        for (FileSystemException e : List.of(new FileAlreadyExistsException("a"), new NotDirectoryException("a"),
            new DirectoryNotEmptyException("a"), new FileSystemLoopException("a"), new NotLinkException("a"),
            new NoSuchFileException("a"), new AccessDeniedException("a"), new FileSystemException("a"))) {
            assertThat(Complaints.reason(e)).startsWith("a: ").doesNotContain("Exception", "java");
            assertThat(Complaints.reason(new UncheckedIOException(e))).isEqualTo(Complaints.reason(e));
        }
    }

    @Test
    void shouldSayWhatIsInTheWay() {
        assertThat(Complaints.reason(new FileAlreadyExistsException(folder.toString())))
            .isEqualTo(folder + ": is there already");
        assertThat(Complaints.reason(new FileAlreadyExistsException("/dev/null")))
            .isEqualTo("/dev/null: is there already, and is no folder");
    }
}
