/**
 * Whether cells measure what they say on this machine: stalls of a known length put in, drift, and speed.
 */
package dev.steward.loadgen.selfcheck;
