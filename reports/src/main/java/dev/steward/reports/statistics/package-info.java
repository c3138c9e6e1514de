/**
 * Statistics over plain numbers: rank test, intervals, trend, change points, the scalability law. Knows neither files
 * nor locks. Everything random is seeded: equal input gives equal output.
 */
package dev.steward.reports.statistics;
