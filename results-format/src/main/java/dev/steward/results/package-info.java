/**
 * The records of the result files, written by the rig and read by the reports, with their versions, reader and writer;
 * {@code docs/results-format.md} lays the files out, and the component names are the field names there.
 */
package dev.steward.results;
