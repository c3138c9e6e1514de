/**
 * Answers for other programs, each one JSON document: records whose components are the names of its fields, in the
 * words of the result files. What is null or not a number is left out.
 */
package dev.steward.reports.document;
