package dev.steward.loadgen.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commit that a run was made from: a checkout's, or the one that an archive was built from. */
public final class SourceVersion {
    /** Written by the build of the archive; a checkout has none. */
    private static final String FILE = "commit";
    private static final String UNKNOWN = "unknown";
    private static final long LIMIT_S = 5;

    private SourceVersion() {
    }

    /** {@return the commit of the suite in a folder, {@code -dirty} behind it if files differ, or "unknown"} */
    public static String commit(Path home) {
        // An archive may well be unpacked inside some other repository, whose commit says nothing.
        if (!Files.exists(home.resolve(".git"))) {
            return packed(home.resolve(FILE));
        }
        Optional<String> head = git(home, "rev-parse", "--short=12", "HEAD");
        if (head.isEmpty()) {
            return UNKNOWN;
        }
        boolean dirty = git(home, "status", "--porcelain", "--untracked-files=no").map(s -> !s.isBlank()).orElse(false);
        return head.get() + (dirty ? "-dirty" : "");
    }

    private static String packed(Path file) {
        try {
            String commit = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return commit.isEmpty() ? UNKNOWN : commit;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static Optional<String> git(Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor(LIMIT_S, TimeUnit.SECONDS) && git.exitValue() == 0
                ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
