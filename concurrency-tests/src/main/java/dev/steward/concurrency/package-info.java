/**
 * jcstress tests of what the contestants promise, over the port, so that a new contestant is tested by being in the
 * list.
 */
package dev.steward.concurrency;
