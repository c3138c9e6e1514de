package dev.steward.reports;

import dev.steward.reports.summary.RunSet;
import java.util.List;

/**
 * Everything the page template prints. Text is escaped by the template; the last four are put in as they are and are
 * either our own or escaped for a script element.
 *
 * @param runs         of the report
 * @param pages        one for each run
 * @param charts       over several runs
 * @param maps         over several runs
 * @param dataJson     data of all charts, safe inside a script element
 * @param css          style sheet
 * @param chartLibrary source of the chart library with its licence line
 * @param script       that draws the charts
 */
public record HtmlDocument(
    RunSet runs, List<HtmlPage> pages, List<Chart> charts, List<HeatMap> maps, String dataJson, String css,
    String chartLibrary, String script) {
    /** Copies the lists. */
    public HtmlDocument {
        pages = List.copyOf(pages);
        charts = List.copyOf(charts);
        maps = List.copyOf(maps);
    }

    /**
     * What the page is about.
     *
     * @return one line
     */
    public String title() {
        return runs.single() ? runs.runs().get(0).summary().run().name() : runs.runs().size() + " runs";
    }

    /**
     * Runs side by side.
     *
     * @return the chapter, without tables if there is nothing to put side by side
     */
    public Section sideBySide() {
        return Section.runs(runs);
    }

    /**
     * Results of other tools.
     *
     * @return the chapter, without tables if there are none
     */
    public Section others() {
        return Section.others(runs);
    }

    /**
     * Throughput over numbers of threads.
     *
     * @return the chapter, without tables if nothing was measured with several
     */
    public Section scaling() {
        return Section.scaling(runs);
    }
}
