package dev.steward.reports;

import dev.steward.reports.export.CsvExport;
import dev.steward.reports.export.GoBenchmarkExport;
import dev.steward.reports.export.JmhExport;
import dev.steward.reports.export.MarkdownExport;
import dev.steward.reports.export.OpenMetricsExport;
import dev.steward.reports.summary.RunSet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;

/** Every file that a report can be written to; the one list of formats. */
public enum Output {
    /** For a mail, a commit message, a cover letter. */
    TXT(Reports.TEXT, (runs, folder) -> TextReport.of(runs)),
    /** For a browser. */
    HTML(Reports.HTML, HtmlReport::of),
    /** Tables as code hosts show them. */
    MD("report.md", (runs, folder) -> new MarkdownExport().of(runs)),
    /** One row for each strategy, path, operation and figure. */
    CSV("report.csv", (runs, folder) -> new CsvExport().of(runs)),
    /** Go benchmark format, for benchstat. */
    BENCHFMT("report.bench", (runs, folder) -> new GoBenchmarkExport().of(runs)),
    /** JSON as JMH writes it, for the viewers of its results. */
    JMH("report.jmh.json", (runs, folder) -> new JmhExport().of(runs)),
    /** OpenMetrics text, for a text-file collector. */
    OPENMETRICS("report.openmetrics", (runs, folder) -> new OpenMetricsExport().of(runs));

    private final String fileName;
    private final BiFunction<RunSet, Path, String> writer;

    Output(String fileName, BiFunction<RunSet, Path, String> writer) {
        this.fileName = fileName;
        this.writer = writer;
    }

    /**
     * Where it goes, inside the folder of the report.
     *
     * @return name of the file
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Name on the command line.
     *
     * @return lower case
     */
    public String commandName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes the figures of runs.
     *
     * @param runs   of the report
     * @param folder that the file will stand in, for links
     * @return the contents of the file
     */
    String of(RunSet runs, Path folder) {
        return writer.apply(runs, folder);
    }
}
