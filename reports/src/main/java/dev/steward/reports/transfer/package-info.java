/** What the same locks say of each other in a JVM, in C and in the kernel: what carries over, and what does not. */
package dev.steward.reports.transfer;
