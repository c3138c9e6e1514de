package dev.steward.reports;

import dev.steward.reports.summary.RunSet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;

/** Every file that a report can be written to; the one list of formats. */
public enum ReportFormat {
    /** For a mail, a commit message, a cover letter. */
    TXT(Reports.TEXT, (runs, folder) -> TextReport.of(runs)),
    /** For a browser. */
    HTML(Reports.HTML, HtmlReport::of),
    /** Tables as code hosts show them. */
    MD("report.md", (runs, folder) -> MarkdownReport.of(runs)),
    /** One row for each strategy, path, operation and figure. */
    CSV("report.csv", (runs, folder) -> CsvExport.of(runs)),
    /** Go benchmark format, for benchstat. */
    BENCHFMT("report.bench", (runs, folder) -> GoBenchmarkExport.of(runs)),
    /** JSON as JMH writes it, for the viewers of its results. */
    JMH("report.jmh.json", (runs, folder) -> JmhExport.of(runs)),
    /** OpenMetrics text, for a text-file collector. */
    OPENMETRICS("report.openmetrics", (runs, folder) -> OpenMetricsExport.of(runs));

    private final String fileName;
    private final BiFunction<RunSet, Path, String> writer;

    ReportFormat(String fileName, BiFunction<RunSet, Path, String> writer) {
        this.fileName = fileName;
        this.writer = writer;
    }

    /** {@return where it goes, inside the folder of the report: name of the file} */
    public String fileName() {
        return fileName;
    }

    /** {@return name on the command line: lower case} */
    public String commandName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Writes the figures of runs. */
    String of(RunSet runs, Path folder) {
        return writer.apply(runs, folder);
    }
}
