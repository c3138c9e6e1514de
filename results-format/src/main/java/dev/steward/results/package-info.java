/**
 * The records of the result files, written by the cells and read by the reports, with their versions, reader and
 * writer. A component has the name of its field; {@code docs/generated/result-fields.md}, made from the JSON Schemas,
 * says what it means.
 */
package dev.steward.results;
