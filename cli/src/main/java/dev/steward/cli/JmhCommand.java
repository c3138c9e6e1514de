package dev.steward.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import picocli.CommandLine.Command;

/**
 * Runs the JMH benchmarks in this JVM, which forks those that measure: a user's jars on the class path take part.
 *
 * <p>Its arguments are JMH's and none of ours, so they are handed over before the command line is parsed; JMH ends the
 * JVM with 1 if something fails.
 */
@Command(
    name = "jmh",
    description = "Run the JMH benchmarks; all arguments go to JMH ('" + Steward.COMMAND + " jmh -h', '-l').")
final class JmhCommand implements Runnable {
    static final String NAME = "jmh";

    /** What is left if the command is not the first word: run them all. */
    @Override
    public void run() {
        run(new String[] {NAME});
    }

    static void run(String[] args) {
        try {
            dev.steward.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
