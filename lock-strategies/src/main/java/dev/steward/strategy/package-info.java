/**
 * The strategies behind the guard port and the primitives they are built from: one file each, one enum lists them all.
 *
 * <p>Memory modes: {@link dev.steward.strategy.AttachmentTable} and {@link dev.steward.strategy.ReaderSlots} name the
 * mode in every access; {@code docs/memory-ordering.md} tables field, read mode, write mode and guard.
 */
package dev.steward.strategy;
