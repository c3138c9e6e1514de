/**
 * A comparison: plans the cells, forks a fresh JVM for each, and writes the result folder.
 */
package dev.steward.loadgen.run;
