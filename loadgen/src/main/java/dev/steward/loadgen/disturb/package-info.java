/** Disturbs the threads of a torture or of a cell on purpose, so that races show that a quiet machine hides. */
package dev.steward.loadgen.disturb;
