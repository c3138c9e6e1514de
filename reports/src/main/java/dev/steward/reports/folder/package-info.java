/**
 * Reads a result folder, version 1 of {@code docs/results-format.md}, into an immutable model. Knows files and nothing
 * of statistics; what cannot be read is named with its reason and left out, never guessed.
 */
package dev.steward.reports.folder;
