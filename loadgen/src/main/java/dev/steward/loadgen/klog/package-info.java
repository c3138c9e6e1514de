/**
 * Kernel logs as a source of events: finds what the SMMUv3 drivers of Linux and Xen print about an event, however the
 * log was copied, wrapped or cut, and turns it back into the four words of the record.
 *
 * <p>The way of a line: {@code LineScanner} (bytes to lines, most of them never become a string), {@code SmmuMessage}
 * (which SMMU says what), {@code MessageReader} (what kind of message it is), {@code LineJoiner} (wrapped lines),
 * {@code EventAssembler} (which lines are one event), {@code DecodedEvent}.
 */
package dev.steward.loadgen.klog;
