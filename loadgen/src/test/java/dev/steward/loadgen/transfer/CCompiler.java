package dev.steward.loadgen.transfer;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the twin in C is built with, which a machine may lack. */
public final class CCompiler {
    private CCompiler() {
    }

    /** Skips a test where there is none. */
    public static void assumeHere() {
        for (String program : List.of("cc", "make")) {
            assumeThat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)))).as(program).isTrue();
        }
    }
}
