/**
 * The questions that the authors of the path left open on the mailing list, and what a run of {@code ./steward debate}
 * answers: figures with their spans, and a verdict in words that follows a written rule. Immutable values.
 */
package dev.steward.reports.debate;
