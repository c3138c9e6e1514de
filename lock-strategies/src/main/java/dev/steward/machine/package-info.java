/** What the JVM does not say of the machine and does not do with it: on which CPUs a thread may run. */
package dev.steward.machine;
