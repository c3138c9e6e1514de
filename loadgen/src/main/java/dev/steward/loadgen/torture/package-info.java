/**
 * Runs the torture of {@code dev.steward.strategy.torture} against a clock, strategy after strategy, and writes its
 * log.
 */
package dev.steward.loadgen.torture;
