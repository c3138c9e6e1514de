/**
 * Why the slowest events and attach operations of a cell were slow: keeps them while the cell runs, and afterwards
 * assigns the time they took too long to causes, by the overlap of their stages with what else was going on. Reads no
 * clock; all times are nanoseconds of the cell's clock.
 */
package dev.steward.loadgen.outlier;
