package dev.steward.reports;

import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.CorrectnessTables;
import dev.steward.reports.table.IntervalTables;
import dev.steward.reports.table.VerdictTables;
import dev.steward.reports.table.Words;
import dev.steward.results.RunManifest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of a page that is about one run. Text is escaped by the template.
 *
 * @param summary of the run
 * @param prefix  of all ids of this part, empty for the first
 * @param place   host of the run, empty in a report on one run
 * @param charts  in order
 * @param raw     where the figures come from
 */
public record HtmlPage(Summary summary, String prefix, String place, List<Chart> charts, RawLinks raw) {
    /** Copies the list. */
    public HtmlPage {
        charts = List.copyOf(charts);
    }

    /**
     * The manifest.
     *
     * @return of the run
     */
    public RunManifest run() {
        return summary.run();
    }

    /**
     * What was run.
     *
     * @return one sentence
     */
    public String headline() {
        return Words.headline(summary);
    }

    /**
     * What to know before the first figure.
     *
     * @return sentences
     */
    public List<String> warnings() {
        return Words.warnings(summary);
    }

    /**
     * Machine and run.
     *
     * @return one line
     */
    public String environmentLine() {
        return Words.environmentLine(summary);
    }

    /**
     * Who is better, worse or equal, and why.
     *
     * @return the chapter
     */
    public Section verdict() {
        return Section.verdict(summary);
    }

    /**
     * What the verdicts come to.
     *
     * @return sentences
     */
    public List<String> verdictStatements() {
        return Stream.concat(VerdictTables.statements(summary).stream(), IntervalTables.missing(summary).stream())
            .toList();
    }

    /**
     * Chapters before the charts.
     *
     * @return in order
     */
    public List<Section> results() {
        return Section.results(summary);
    }

    /**
     * Oracles and ledger.
     *
     * @return the chapter
     */
    public Section correctness() {
        return Section.correctness(summary);
    }

    /**
     * What oracles and arrivals come to.
     *
     * @return sentences
     */
    public List<String> statements() {
        return CorrectnessTables.statements(summary);
    }

    /**
     * Cells that are not among the figures.
     *
     * @return in the order they ran
     */
    public List<Problem> problems() {
        return summary.problems();
    }

    /**
     * Chapters after the problems.
     *
     * @return in order
     */
    public List<Section> rest() {
        return List.of(Section.partial(summary), Section.kernel(summary), Section.costs(summary),
            Section.measuring(summary), Section.details(summary)).stream()
            .filter(section -> !section.tables().isEmpty()).toList();
    }

    /**
     * Facts about machine and run.
     *
     * @return in printing order
     */
    public List<RunManifest.EnvironmentEntry> facts() {
        return Words.facts(summary);
    }

    /**
     * What measuring costs.
     *
     * @return one sentence
     */
    public String calibration() {
        return Words.calibration(summary);
    }

    /**
     * How the threads wait.
     *
     * @return one line per thread
     */
    public List<String> waiting() {
        return Words.waiting(summary);
    }
}
