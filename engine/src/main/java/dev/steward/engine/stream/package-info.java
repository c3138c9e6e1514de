/**
 * The stream table: the bits of its entries, its linear and two-level form, and the one writer of an entry.
 */
package dev.steward.engine.stream;
