/**
 * The designs that the authors of the kernel's event path chose between in 2024 and 2025, and some that nobody posted:
 * each a named point of lock, scope, look-up and attach rule, run by the same port as the strategies.
 *
 * <p>{@link dev.steward.design.KernelDesign} is the only list. Unlike the strategies, which differ in a lock alone, a
 * design has surroundings: a search tree of masters, vmasters that are allocated and freed, locks within locks.
 */
package dev.steward.design;
