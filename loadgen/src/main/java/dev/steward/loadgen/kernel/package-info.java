/**
 * The kernel module {@code stewardscale}: builds it, loads it, and reads what it prints into a kernel log. Its sources
 * stand in the folder {@code kernel}; nothing here is needed to measure in a JVM.
 */
package dev.steward.loadgen.kernel;
