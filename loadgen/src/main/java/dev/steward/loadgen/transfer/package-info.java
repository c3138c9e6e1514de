/**
 * The same locks in two worlds: JVMs that play the benchmarks of one strategy each, and the twin in C, which take turns
 * under the same loads.
 */
package dev.steward.loadgen.transfer;
