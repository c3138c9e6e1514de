package dev.steward.loadgen.turn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of a process, user and system, as {@code /proc/PID/stat} has it. */
final class ProcessTicks {
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private ProcessTicks() {
    }

    static long of(long pid) {
        try {
            return parse(new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat")),
                StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    /** The name of the program, in brackets, may hold anything; fields are counted after it. */
    static long parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    }
}
