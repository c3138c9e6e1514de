package dev.steward.loadgen.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Consoles of the two kernels that {@code kernel/try-in-qemu} booted, from the first line to the last. */
final class Logs {
    static final String AMD64 = "6.1.0-57-amd64";
    static final String RT_AMD64 = "6.1.0-57-rt-amd64";
    private static final String STAMP = "^\\[ *\\d+\\.\\d+\\] ";

    private Logs() {
    }

    static String text(String release) throws IOException {
        try (InputStream in = Logs.class.getResourceAsStream("/kernel/" + release + ".log")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** What the module printed, without time stamps. */
    static List<String> messages(String release) throws IOException {
        return text(release).lines().filter(line -> line.contains("stewardscale: v1"))
            .map(line -> line.replaceFirst(STAMP, "")).toList();
    }
}
