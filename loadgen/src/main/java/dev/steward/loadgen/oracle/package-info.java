/**
 * What judges a cell while it runs: who belongs to whom, what each side has said, and the properties that must hold.
 */
package dev.steward.loadgen.oracle;
