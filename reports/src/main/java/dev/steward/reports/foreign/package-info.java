/**
 * Reads what other tools measured: the kernel's refscale, rcuscale and locktorture, JMH, and anything that writes
 * HdrHistogram interval logs. Their figures are shown beside a run and never put together with it: another machine,
 * another program.
 */
package dev.steward.reports.foreign;
