/**
 * What arrives when: seeded arrival laws, StreamID choice and event mixes. No clock, no thread, no recording in here.
 */
package dev.steward.loadgen.workload;
