package dev.steward.cli;

import dev.steward.reports.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the page of a result folder in the desktop's browser; says where it is if there is none. */
@Command(
    name = "open",
    description = "Open report.html of a result folder in the desktop's browser; print its path where there is none.")
final class OpenCommand extends SuiteCommand {
    /** Starts the browser of the desktop; every desktop has it. */
    private static final String OPENER = "xdg-open";
    private static final int PATIENCE_SECONDS = 5;

    @Parameters(paramLabel = "DIR", arity = "0..1",
        description = "Result folder, for example results/default (default: the newest below results/).")
    private Path named;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = foldersOrNewest(named == null ? List.of() : List.of(named)).get(0);
        Path page = folder.resolve(Reports.HTML);
        if (!Files.exists(page)) {
            Reports.write(folder, Home.transfers());
        }
        Path absolute = page.toAbsolutePath().normalize();
        if (!hasDesktop() || !opened(absolute)) {
            say(absolute);
        }
        return ExitCode.OK;
    }

    private static boolean hasDesktop() {
        return present("DISPLAY") || present("WAYLAND_DISPLAY");
    }

    private static boolean present(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** A browser that is still at work after some seconds has opened the page. */
    private static boolean opened(Path page) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(OPENER, page.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
