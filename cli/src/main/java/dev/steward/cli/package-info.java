/**
 * The front door: one command a file, no logic, and the only place that knows exit codes.
 */
package dev.steward.cli;
