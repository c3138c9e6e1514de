package dev.steward.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Runs a command in this JVM and keeps what it says. */
final class Cli {
    /**
     * What a user sees of one command.
     *
     * @param code exit code.
     * @param out  for people.
     * @param err  complaints.
     * @param data for other programs.
     */
    record Outcome(int code, String out, String err, String data) {
        List<String> dataLines() {
            return data.lines().toList();
        }
    }

    private Cli() {
    }

    static Outcome run(String... args) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Outcome outcome = runInto(data, args);
        return new Outcome(outcome.code, outcome.out, outcome.err, data.toString(StandardCharsets.UTF_8));
    }

    static Outcome runInto(OutputStream data, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Steward.commandLine(data)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
        int code = command.execute(args);
        return new Outcome(code, out.toString(), err.toString(), "");
    }

    /** A file of the checkout. */
    static Path checkout(String file) {
        return Home.path().resolve(file);
    }
}
