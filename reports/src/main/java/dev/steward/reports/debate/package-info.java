/**
 * The questions that the authors of the path left open on the mailing list, and what a run of {@code ./steward debate}
 * answers: the claims of its files, judged as every comparison is, and figures with their spans. Immutable values.
 */
package dev.steward.reports.debate;
