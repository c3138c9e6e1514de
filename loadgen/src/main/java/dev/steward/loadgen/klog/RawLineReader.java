package dev.steward.loadgen.klog;

/**
 * Reads whole lines of the SMMUs that spoke last straight from bytes. A storm is printed in thousands of lines that
 * differ in time stamp and numbers only, so what was learned of one holds for the next. Whatever looks different in a
 * single byte is left to the long way, which alone knows about damage. Not thread-safe.
 */
final class RawLineReader {
    /** Machines with more SMMUs are rare, and those of one storm fewer still. (own) */
    private static final int MAX_SPEAKERS = 8;

    private final ExactContent contents = new ExactContent();
    /** The one that spoke last first. */
    private final LineHead[] heads = new LineHead[MAX_SPEAKERS];
    private int known;
    private SmmuMessage from;
    private Message message;

    /**
     * Learns from a line that was read the long way.
     *
     * @param text    the line; one message and nothing else.
     * @param speaker who says it.
     */
    void learn(String text, SmmuMessage speaker) {
        LineHead head = LineHead.of(text, speaker);
        if (head != null) {
            known = Math.min(MAX_SPEAKERS, known + 1);
            moveToFront(head, known - 1);
        }
    }

    /**
     * Reads a line.
     *
     * @param bytes buffer.
     * @param start of the line in it.
     * @param end   of it, without the line end.
     * @return whether it is one whole message about an event by an SMMU that is known; else nothing is known about it.
     */
    boolean read(byte[] bytes, int start, int end) {
        for (int i = 0; i < known; i++) {
            LineHead head = heads[i];
            int content = head.match(bytes, start, end);
            if (content >= 0) {
                message = contents.read(bytes, content, end);
                from = message == null ? null : new SmmuMessage(0, head.micros(), head.device(), true, content - start);
                if (i > 0) {
                    moveToFront(head, i);
                }
                return message != null;
            }
        }
        return false;
    }

    private void moveToFront(LineHead head, int place) {
        System.arraycopy(heads, 0, heads, 1, place);
        heads[0] = head;
    }

    /** Who says the line that was read. */
    SmmuMessage from() {
        return from;
    }

    /** What the line says that was read. */
    Message message() {
        return message;
    }
}
