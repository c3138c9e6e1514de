/**
 * Grids of scenarios: which points they have, and how all strategies are run at each, in pieces that can be resumed and
 * split over machines.
 *
 * <p>A point is a comparison with a result folder of its own, so strategies of one point met the same load on the same
 * machine within minutes; what is compared across points is up to their reader.
 */
package dev.steward.loadgen.sweep;
