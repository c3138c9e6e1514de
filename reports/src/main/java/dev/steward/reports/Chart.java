package dev.steward.reports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.steward.reports.table.Table;
import java.util.List;

/**
 * One chart of the page: data for the script, and the same figures as a table for everyone else.
 *
 * @param id      letters and dashes, unique in the page
 * @param kind    {@code nines} (percentile curves), {@code time} (p99 over the window) {@code shares} (stacked bars),
 *                {@code threads} (throughput) and so on: the script knows them
 * @param labels  of the bars; empty for curves
 */
record Chart(
    String id, String kind, @JsonIgnore String title, @JsonIgnore String about, List<String> labels,
    List<Series> series, @JsonIgnore Table figures) {
    /** One curve or stage; the index is the place of the strategy in the run, which fixes its look, or below 0. */
    record Series(String name, int index, List<double[]> points) {
    }
}
