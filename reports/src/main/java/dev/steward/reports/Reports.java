package dev.steward.reports;

import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.AtomicFiles;
import dev.steward.results.JsonFile;
import dev.steward.results.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The front door: makes all reports of a result folder from its files, as often as asked and with the same result. */
public final class Reports {
    /** Name of the plain-text report inside a result folder. */
    public static final String TEXT = "report.txt";
    /** Name of the page inside a result folder. */
    public static final String HTML = "report.html";

    private Reports() {
    }

    /**
     * Writes {@link #TEXT}, {@link #HTML} and, if contestants took turns, {@link Verdicts#FILE} into a result folder.
     * The reports are made before either is written, and each file is renamed into place: a reader sees the old one or
     * the new one. Prints nothing.
     *
     * @param transfers that tell whose order is confirmed in C
     * @throws dev.steward.results.UnreadableResultsException if the run cannot be read; the message is one line
     * @throws IOException if a report cannot be written
     */
    public static Summary write(Path folder, Transfers transfers) throws IOException {
        RunSet runs = RunSet.read(List.of(folder)).confirmedBy(transfers);
        write(runs, folder, EnumSet.of(ReportFormat.TXT, ReportFormat.HTML));
        Summary summary = runs.runs().get(0).summary();
        // If the turns have been damaged since, the verdicts that were written before stay.
        if (summary.turnVerdicts().isPresent() && runs.unreadable().isEmpty()) {
            JsonFile.write(folder.resolve(Verdicts.FILE), summary.turnVerdicts().get());
        }
        return summary;
    }

    /** {@return the main tables for the terminal: printable ASCII in at most 72 columns} */
    public static String brief(Summary summary) {
        return TextReport.brief(summary);
    }

    /** {@return where along a setting the order of two strategies changes, as text; empty without turns along one} */
    public static String crossings(RunSet runs) {
        return TextReport.crossings(runs);
    }

    /** Writes reports of runs into a folder that exists. All are made before any is written. */
    public static List<Path> write(RunSet runs, Path folder, Set<ReportFormat> formats) throws IOException {
        Map<Path, String> contents = new LinkedHashMap<>();
        for (ReportFormat format : EnumSet.copyOf(formats)) {
            contents.put(folder.resolve(format.fileName()), format.of(runs, folder));
        }
        for (Map.Entry<Path, String> entry : contents.entrySet()) {
            AtomicFiles.write(entry.getKey(), entry.getValue());
        }
        return List.copyOf(contents.keySet());
    }
}
