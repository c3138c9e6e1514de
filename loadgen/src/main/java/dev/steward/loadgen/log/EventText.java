package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * First decoded line of Linux 6.14 and later: {@code event: NAME client: DEVICE sid: .. ssid: ..}, with {@code iova}
 * and {@code ipa} for faults of an address, {@code fetch_addr} for failed fetches. Immutable.
 *
 * @param client device that faulted, null if cut before.
 * @param fields what it says, null where it does not; the id is null if the kernel printed a name that stands for none.
 * @param wantsAttributes whether the kernel prints attributes on a second line for this id; also true where the name
 *                        cannot be read.
 */
record EventText(TextState state, String client, EventFields fields, boolean wantsAttributes) {
    private static final long PAGE_OFFSET_MASK = 0xfff;
    private static final Map<String, Integer> CODES = Arrays.stream(EventId.values())
        .filter(id -> id != EventId.UNKNOWN && id != EventId.IMPLEMENTATION_DEFINED)
        .collect(Collectors.toMap(EventId::name, EventId::code));
    /** What the kernel prints for ids that it has no name for: none of them is a fault of an address. */
    private static final String NAMELESS = "UNKNOWN";
    private static final Pattern NAME = Pattern.compile("event:[ \t]*(\\S+)(?=[ \t])");
    /** A device has no blank in its name; what has one is an expression in brackets. */
    private static final Pattern CLIENT = Pattern.compile("\\s*client:\\s*(\\([^)]*\\)|[^\\s(]\\S*)(?=\\s+sid:)");
    private static final Pattern STREAM_ID = TextCursor.hex("sid:", 8, false);
    private static final Pattern SUBSTREAM_ID = TextCursor.hex("ssid:", 5, false);
    private static final Pattern LAST_SUBSTREAM_ID = TextCursor.hex("ssid:", 5, true);
    private static final Pattern INPUT_ADDRESS = TextCursor.hex("iova:", 16, false);
    private static final Pattern IPA = TextCursor.hex("ipa:", 16, true);
    private static final Pattern FETCH_ADDRESS = TextCursor.hex("fetch_addr:", 16, true);
    private static final Pattern IOVA = Pattern.compile("\\s*(?=iova:)");

    /** Reads a message after the device's name, without blanks in front. */
    static EventText read(String content) {
        TextCursor cursor = new TextCursor(content);
        String name = cursor.take(NAME);
        Integer id = name == null ? null : CODES.get(name);
        String client = cursor.take(CLIENT);
        Long sid = cursor.takeHex(STREAM_ID);
        boolean goesOn = isFetchFault(id) || id != null && isAddressFault(id);
        Long ssid = cursor.takeHex(goesOn ? SUBSTREAM_ID : LAST_SUBSTREAM_ID);
        Long iova = null;
        Long wordThree = null;
        if (id == null ? cursor.takeIf(IOVA) : isAddressFault(id)) {
            iova = cursor.takeHex(INPUT_ADDRESS);
            wordThree = cursor.takeHex(IPA);
        } else if (isFetchFault(id)) {
            wordThree = cursor.takeHex(FETCH_ADDRESS);
        }
        Integer substreamId = ssid == null ? null : Integer.valueOf(ssid.intValue());
        // The kernel prints 0 when there is none.
        Boolean ssv = substreamId == null || substreamId == 0 ? null : Boolean.TRUE;
        return new EventText(cursor.state(), client, new EventFields(
            id, sid, ssv, substreamId, null, null, null, null, null, null, null, null, iova, wordThree),
            id == null ? !NAMELESS.equals(name) : isAddressFault(id));
    }

    Integer id() {
        return fields.id();
    }

    /** Whether the last address has the shape the kernel gives it; one digit less or more can spoil it. */
    boolean isPlausible() {
        Long last = fields.wordThree();
        return id() == null || last == null || !isAddressFault(id()) || (last & PAGE_OFFSET_MASK) == 0;
    }

    static boolean isAddressFault(int id) {
        return id >= EventId.F_TRANSLATION.code() && id <= EventId.F_PERMISSION.code();
    }

    static boolean isFetchFault(Integer id) {
        return id != null && (id == EventId.F_STE_FETCH.code() || id == EventId.F_CD_FETCH.code()
            || id == EventId.F_VMS_FETCH.code());
    }
}
