package dev.steward.loadgen.log;

import dev.steward.engine.event.EventRecordLayout;
import java.util.regex.Pattern;

/**
 * Second decoded line of Linux 6.14 and later, the attributes of an address fault:
 * {@code unpriv data write s1 "CLASS" stall stag: 0x..}, with the direction of the walk if the class is one. Immutable.
 *
 * @param fields what it says, null where it does not.
 */
record AttributeText(TextState state, EventFields fields) {
    private static final Pattern PRIVILEGE = TextCursor.word("priv|unpriv");
    private static final Pattern ACCESS = TextCursor.word("inst|data");
    private static final Pattern DIRECTION = TextCursor.word("read|write");
    private static final Pattern STAGE = TextCursor.word("s2|s1");
    /** Tables in text double quotes. */
    private static final Pattern CLASS = Pattern.compile("\\s*\"{1,2}([^\"]*)\"{1,2}");
    private static final Pattern WALK = TextCursor.word("ttd_read|ttd_write");
    private static final Pattern STALL = TextCursor.word("stall");
    private static final Pattern STALL_TAG = TextCursor.hex("stag:", 4, true);

    /** Reads a message after the device's name, without blanks in front. */
    static AttributeText read(String content) {
        TextCursor cursor = new TextCursor(content);
        Boolean privileged = cursor.takeEither(PRIVILEGE, "priv");
        Boolean instruction = cursor.takeEither(ACCESS, "inst");
        Boolean read = cursor.takeEither(DIRECTION, "read");
        Boolean stage2 = cursor.takeEither(STAGE, "s2");
        String className = cursor.take(CLASS);
        Integer faultClass = className == null ? null : EventFields.classOf(className.strip());
        Boolean walkRead = null;
        if (faultClass != null && faultClass == EventRecordLayout.CLASS_TABLE_WALK) {
            walkRead = cursor.takeEither(WALK, "ttd_read");
        }
        boolean stall = cursor.takeIf(STALL);
        Long stag = cursor.takeHex(STALL_TAG);
        boolean unknownClass = className != null && faultClass == null;
        return new AttributeText(unknownClass ? TextState.DAMAGED : cursor.state(), new EventFields(
            null, null, null, null, stag == null ? null : Integer.valueOf(stag.intValue()),
            stag == null ? null : Boolean.valueOf(stall), read, instruction, privileged, stage2, faultClass, walkRead,
            null, null));
    }
}
