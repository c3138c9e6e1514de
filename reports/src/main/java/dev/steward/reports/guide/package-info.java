/**
 * What to use and why: reads a measured grid, interpolates inside of it, leaves out what breaks a rule or a bound, and
 * says where the answer changes. Immutable values; safe for any thread.
 */
package dev.steward.reports.guide;
