package dev.steward.loadgen.klog;

import dev.steward.engine.event.EventRecordLayout;

/**
 * Second decoded line of Linux 6.14 and later, the attributes of an address fault:
 * {@code unpriv data write s1 "CLASS" stall stag: 0x..}, with the direction of the walk if the class is one. Immutable.
 *
 * @param state         how much of the line is there.
 * @param privileged    PnU.
 * @param instruction   InD.
 * @param read          RnW.
 * @param stage2        S2.
 * @param faultClass    CLASS.
 * @param tableWalkRead TTRnW, null unless the class is a table walk.
 * @param stall         whether stalled.
 * @param stallTag      stall tag.
 */
record AttributeText(
    TextState state, Boolean privileged, Boolean instruction, Boolean read, Boolean stage2, Integer faultClass,
    Boolean tableWalkRead, Boolean stall, Integer stallTag) {
    static final int STAG_DIGITS = 4;
    private static final int CLASSES = 4;

    /**
     * Reads the line.
     *
     * @param content message after the device's name, without blanks in front.
     * @return what could be read.
     */
    static AttributeText read(String content) {
        TextCursor cursor = new TextCursor(content, 0);
        Boolean privileged = cursor.either("priv", "unpriv");
        Boolean instruction = cursor.either("inst", "data");
        Boolean read = cursor.either("read", "write");
        Boolean stage2 = cursor.either("s2", "s1");
        cursor.take("\"");
        String className = cursor.upTo("\"");
        Integer faultClass = classOf(className);
        Boolean walkRead = null;
        if (faultClass != null && faultClass == EventRecordLayout.CLASS_TABLE_WALK) {
            walkRead = cursor.either("ttd_read", "ttd_write");
        }
        boolean stall = cursor.takeWord("stall");
        cursor.take("stag:");
        Long stag = cursor.hex(STAG_DIGITS, true);
        boolean unknownClass = className != null && faultClass == null;
        return new AttributeText(
            unknownClass ? TextState.DAMAGED : cursor.state(), privileged, instruction, read, stage2, faultClass,
            walkRead, stag == null ? null : Boolean.valueOf(stall),
            stag == null ? null : Integer.valueOf(stag.intValue()));
    }

    EventFields fields() {
        return new EventFields(
            null, null, null, null, stallTag, stall, read, instruction, privileged, stage2, faultClass, tableWalkRead,
            null, null);
    }

    /** Fields of both lines of an event. */
    EventFields fieldsWith(EventText text) {
        return new EventFields(
            text.id(), text.streamId(), text.ssv(), text.substreamId(), stallTag, stall, read, instruction, privileged,
            stage2, faultClass, tableWalkRead, text.inputAddress(), text.wordThree());
    }

    private static Integer classOf(String name) {
        for (int i = 0; i < CLASSES; i++) {
            if (EventFields.className(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return null;
    }
}
