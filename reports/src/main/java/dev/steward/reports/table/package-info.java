/**
 * Puts the figures of a run into tables, once for every way of printing: the plain-text report and the page show the
 * same cells. Knows units and column heads, and neither widths nor markup.
 */
package dev.steward.reports.table;
