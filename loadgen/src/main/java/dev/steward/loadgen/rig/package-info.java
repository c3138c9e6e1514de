/**
 * One measured cell in its own JVM: builds the engine, drives both loads, records, and lets the oracles judge.
 *
 * <p>All clock reads of the suite's measured path are in here ({@link dev.steward.loadgen.rig.Clock}).
 */
package dev.steward.loadgen.rig;
