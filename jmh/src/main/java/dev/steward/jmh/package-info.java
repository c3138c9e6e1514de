/**
 * JMH benchmarks over the same engine and the same strategies that the rig compares: what one operation costs in a
 * loop, where the rig asks what an arrival waits.
 */
package dev.steward.jmh;
