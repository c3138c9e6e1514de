/**
 * Contestants that take turns: live JVMs, one for each, in which short windows of load follow each other in drawn
 * order, so that what is compared was measured within a second.
 */
package dev.steward.loadgen.turn;
