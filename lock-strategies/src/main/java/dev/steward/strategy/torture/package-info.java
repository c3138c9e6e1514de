/**
 * Readers and committers over one guard, with data that check themselves: finds what a guard promises and does not
 * keep. Stands beside the strategies as the kernel's locktorture stands beside its locks. Reads no clock: its caller
 * brings one.
 */
package dev.steward.strategy.torture;
