/**
 * What the hardware reports: the 32-byte event record and the event queue with its registers.
 */
package dev.steward.engine.event;
