/**
 * jcstress tests of what the strategies promise, over the port, so that a new strategy is tested by being in the
 * list.
 */
package dev.steward.concurrency;
