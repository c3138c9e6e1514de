package dev.steward.reports.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ObjLongConsumer;

/** Takes the plain messages out of a kernel log. */
@FunctionalInterface
public interface KernelLogSource {
    /**
     * Reads a log.
     *
     * @param messages gets each message, without time stamps and other prefixes, and its line from 1
     * @param damage   gets what is not read, in words, and its line
     * @throws IOException with one line for a user if the log cannot be read
     */
    void read(Path log, ObjLongConsumer<String> messages, ObjLongConsumer<String> damage) throws IOException;
}
