package dev.steward.loadgen.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder with scripts in place of the system's programs. Each notes how it was called. */
final class FakePrograms {
    private final Path folder;

    FakePrograms(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Puts a program there. */
    FakePrograms with(String name, String script) throws IOException {
        Path program = folder.resolve(name);
        Files.writeString(program, "#!/bin/sh\necho \"" + name + " $*\" >>'" + folder.resolve("calls") + "'\n"
            + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    Programs programs() {
        return Programs.in(folder.toString());
    }

    List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
