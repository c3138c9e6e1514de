/**
 * Sweeps on many machines: a grid is cut into tasks, an existing scheduler starts them, and each brings its results
 * into a shared folder. Nothing here schedules.
 */
package dev.steward.loadgen.fleet;
