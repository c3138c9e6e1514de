package dev.steward.cli;

import dev.steward.results.Temporary;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * Runs a command beside strategies of the user's own in a JVM that is watched: such a strategy may end its JVM, with
 * any exit code, in the middle of a command that then looks as if it had come to its end.
 */
final class OwnJars {
    private static final String VARIABLE = "STEWARD_CLASSPATH";
    /** Names a file that the watched JVM makes when its command has come to its end, whatever came of it. */
    private static final String ENDED_PROP_NAME = "steward.ended";
    /** From here on the shell's way to tell of a signal. */
    private static final int SIGNALS = 128;

    private OwnJars() {
    }

    /** Whether there are any, and this JVM is not the watched one. */
    static boolean present() {
        return !own().isEmpty() && System.getProperty(ENDED_PROP_NAME) == null;
    }

    private static String own() {
        String jars = System.getenv(VARIABLE);
        return jars == null ? "" : jars;
    }

    /** Runs a command in a watched JVM; gives its exit code. */
    static int run(String... args) {
        try {
            String unreadable = unreadable();
            if (unreadable != null) {
                return say(VARIABLE + ": '" + unreadable + "' is no jar that can be read", ExitCode.USAGE);
            }
            Path ended = folder().resolve("ended");
            try {
                int code = watched(ended, args);
                return Files.exists(ended) || code > SIGNALS ? code
                    : say("a strategy ended the JVM with code " + code + "; the command did not come to its end",
                        ExitCode.FAILED);
            } finally {
                Files.deleteIfExists(ended);
                Files.deleteIfExists(ended.getParent());
            }
        } catch (IOException e) {
            return say(Complaints.reason(e), ExitCode.FAILED);
        }
    }

    /** Not every machine lets one write to its folder for temporary files. */
    private static Path folder() throws IOException {
        String kind = "watch";
        try {
            return Temporary.folder(null, kind);
        } catch (IOException e) {
            return Temporary.folder(Path.of(""), kind);
        }
    }

    private static int say(String line, int code) {
        System.err.println("steward: " + line);
        return code;
    }

    private static String unreadable() {
        for (String entry : own().split(File.pathSeparator)) {
            if (Files.isRegularFile(Path.of(entry))) {
                try (JarFile jar = new JarFile(entry)) {
                    jar.getManifest();
                } catch (IOException e) {
                    return entry;
                }
            }
        }
        return null;
    }

    private static int watched(Path ended, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + ENDED_PROP_NAME + "=" + ended);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Steward.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread passOn = new Thread(() -> {
            process.destroy();
            waitFor(process);
        }, "pass the signal on");
        Runtime.getRuntime().addShutdownHook(passOn);
        int code = waitFor(process);
        try {
            Runtime.getRuntime().removeShutdownHook(passOn);
        } catch (IllegalStateException e) {
            // A signal is ending this JVM as well.
            return code;
        }
        return code;
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /** The command of this JVM has come to its end, or was told to by a signal. */
    static void ended() {
        String file = System.getProperty(ENDED_PROP_NAME);
        if (file != null) {
            try {
                Files.createFile(Path.of(file));
            } catch (IOException e) {
                System.err.println("steward: " + file + ": " + e.getMessage());
            }
        }
    }
}
