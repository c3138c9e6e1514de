package dev.steward.loadgen.klog;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads whole messages about events from bytes, exactly as {@code arm-smmu-v3.c} prints them: header, word, decoded
 * event line, decoded attribute line. What differs in a single byte is left to {@link MessageReader}, which must read
 * the same from what is whole. Not thread-safe: it remembers names, because a storm repeats them.
 */
final class ExactContent {
    private static final byte[] HEADER = StrictCursor.ascii("event 0x");
    private static final byte[] RECEIVED = StrictCursor.ascii(" received:");
    private static final byte[] EVENT = StrictCursor.ascii("event: ");
    private static final byte[] CLIENT = StrictCursor.ascii(" client: ");
    private static final byte[] UNASSIGNED = StrictCursor.ascii("(unassigned sid)");
    private static final byte[] SID = StrictCursor.ascii(" sid: ");
    private static final byte[] SSID = StrictCursor.ascii(" ssid: ");
    private static final byte[] IOVA = StrictCursor.ascii(" iova: ");
    private static final byte[] IPA = StrictCursor.ascii(" ipa: ");
    private static final byte[] FETCH_ADDRESS = StrictCursor.ascii(" fetch_addr: ");
    private static final byte[] PRIVILEGED = StrictCursor.ascii("priv ");
    private static final byte[] UNPRIVILEGED = StrictCursor.ascii("unpriv ");
    private static final byte[] INSTRUCTION = StrictCursor.ascii("inst ");
    private static final byte[] DATA = StrictCursor.ascii("data ");
    private static final byte[] READ = StrictCursor.ascii("read ");
    private static final byte[] WRITE = StrictCursor.ascii("write ");
    private static final byte[] STAGE_2 = StrictCursor.ascii("s2 \"");
    private static final byte[] STAGE_1 = StrictCursor.ascii("s1 \"");
    private static final byte[][] CLASSES = {
        StrictCursor.ascii("CD fetch\""),
        StrictCursor.ascii("Stage 1 translation table fetch\""),
        StrictCursor.ascii("Input address caused fault\""),
        StrictCursor.ascii("Reserved\"")
    };
    private static final byte[] WALK_READ = StrictCursor.ascii(" ttd_read");
    private static final byte[] WALK_WRITE = StrictCursor.ascii(" ttd_write");
    private static final byte[] STALL = StrictCursor.ascii(" stall");
    private static final byte[] STALL_TAG = StrictCursor.ascii(" stag: ");
    private static final int WORD_DIGITS = 16;
    private static final int ID_DIGITS = 2;

    private final StrictCursor cursor = new StrictCursor();
    private byte[] name = {};
    private EventId id = EventId.UNKNOWN;
    private byte[] client = {};
    private String clientText = "";

    /**
     * Reads one message.
     *
     * @param bytes buffer.
     * @param from  index behind the device's name and its colon.
     * @param end   of the line in it.
     * @return null if it is not one of these, whole and in every byte.
     */
    Message read(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        cursor.on(bytes, at, end);
        int first = at < end ? bytes[at] : 0;
        if (first == '0') {
            long word = cursor.padded(WORD_DIGITS);
            return cursor.isDone() ? Message.word(TextState.WHOLE, word) : null;
        }
        if (first == 'e') {
            return cursor.takeIf(HEADER) ? header(bytes, end) : event(bytes);
        }
        // Without a blank the colon before does not end the device's name.
        return at == from ? null : attributes();
    }

    private Message header(byte[] bytes, int end) {
        int idAt = cursor.at();
        int idEnd = idAt + ID_DIGITS;
        if (end - idEnd != RECEIVED.length || !StrictCursor.follows(bytes, idEnd, end, RECEIVED)) {
            return null;
        }
        int high = StrictCursor.digit(bytes[idAt]);
        int low = StrictCursor.digit(bytes[idAt + 1]);
        return high < 0 || low < 0 ? null : Message.header(TextState.WHOLE, high << 4 | low);
    }

    private Message event(byte[] bytes) {
        cursor.take(EVENT);
        int nameFrom = cursor.takeToken();
        if (cursor.hasFailed() || !knowsName(bytes, nameFrom, cursor.at())) {
            return null;
        }
        cursor.take(CLIENT);
        int clientFrom = cursor.at();
        if (!cursor.takeIf(UNASSIGNED)) {
            cursor.takeToken();
        }
        if (cursor.hasFailed() || !knowsClient(bytes, clientFrom, cursor.at())) {
            return null;
        }
        cursor.take(SID);
        long sid = cursor.number(EventText.SID_DIGITS);
        cursor.take(SSID);
        int ssid = (int) cursor.number(EventText.SSID_DIGITS);
        Long iova = null;
        Long wordThree = null;
        if (EventText.isAddressFault(id.code())) {
            cursor.take(IOVA);
            iova = cursor.number(EventText.ADDRESS_DIGITS);
            cursor.take(IPA);
            wordThree = cursor.number(EventText.ADDRESS_DIGITS);
        } else if (EventText.isFetchFault(id.code())) {
            cursor.take(FETCH_ADDRESS);
            wordThree = cursor.number(EventText.ADDRESS_DIGITS);
        }
        return cursor.isDone()
            ? Message.event(new EventText(
                TextState.WHOLE, id.name(), id.code(), clientText, sid, ssid, iova, wordThree))
            : null;
    }

    private Message attributes() {
        boolean privileged = cursor.either(PRIVILEGED, UNPRIVILEGED);
        boolean instruction = cursor.either(INSTRUCTION, DATA);
        boolean read = cursor.either(READ, WRITE);
        boolean stage2 = cursor.either(STAGE_2, STAGE_1);
        int faultClass = 0;
        while (faultClass < CLASSES.length && !cursor.takeIf(CLASSES[faultClass])) {
            faultClass++;
        }
        if (faultClass == CLASSES.length) {
            return null;
        }
        Boolean walkRead = null;
        if (faultClass == EventRecordLayout.CLASS_TABLE_WALK) {
            walkRead = cursor.either(WALK_READ, WALK_WRITE);
        }
        boolean stall = cursor.takeIf(STALL);
        cursor.take(STALL_TAG);
        int stag = (int) cursor.number(AttributeText.STAG_DIGITS);
        return cursor.isDone()
            ? Message.attributes(new AttributeText(
                TextState.WHOLE, privileged, instruction, read, stage2, faultClass, walkRead, stall, stag))
            : null;
    }

    private boolean knowsName(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, name, 0, name.length)) {
            return true;
        }
        Integer code = EventText.codeOf(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        if (code == null) {
            return false;
        }
        id = EventId.of(code);
        name = Arrays.copyOfRange(bytes, from, to);
        return true;
    }

    private boolean knowsClient(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, client, 0, client.length)) {
            return true;
        }
        if (!isName(bytes, from, to) && !Arrays.equals(bytes, from, to, UNASSIGNED, 0, UNASSIGNED.length)) {
            return false;
        }
        client = Arrays.copyOfRange(bytes, from, to);
        clientText = new String(client, StandardCharsets.US_ASCII);
        return true;
    }

    /** A plain name of a device: not the start of another message, and no key of this one. */
    private static boolean isName(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= ':'
                || b == '.' || b == '-' || b == '_';
            // An SMMU that begins to speak here ends in these letters.
            if (!plain || (b | 0x20) == 'u' && at > from + 1 && (bytes[at - 1] | 0x20) == 'm'
                && (bytes[at - 2] | 0x20) == 'm') {
                return false;
            }
        }
        return bytes[to - 1] != ':';
    }
}
