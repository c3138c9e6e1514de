package dev.steward.loadgen.replay;

/**
 * What a line says. A mutable slot, filled again and again.
 *
 * <p>Threading: one thread.
 */
final class Finding {
    LogKind kind;
    TraceAction action;
    /** Where in the line the message begins: time stamps stand before. */
    int messageStart;
    /** Name of the device in the line. */
    int deviceFrom;
    int deviceTo;
    /** The record without its StreamID. */
    long word0;
    long word1;
    long word2;
    /** Time in nanoseconds if the kind has its own place for it, else {@link Stamp#NONE}. */
    long stampNs;
    /** Why a line is not used. */
    String reason;

    void clear(LogKind newKind, int newMessageStart) {
        kind = newKind;
        action = TraceAction.EVENT;
        messageStart = newMessageStart;
        deviceFrom = 0;
        deviceTo = 0;
        word0 = 0;
        word1 = 0;
        word2 = 0;
        stampNs = Stamp.NONE;
        reason = null;
    }
}
