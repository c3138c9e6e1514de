package dev.steward.loadgen.klog;

import dev.steward.engine.event.EventId;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * First decoded line of Linux 6.14 and later: {@code event: NAME client: DEVICE sid: .. ssid: ..}, with {@code iova}
 * and {@code ipa} for faults of an address, {@code fetch_addr} for failed fetches. Immutable.
 *
 * @param state        how much of the line is there.
 * @param name         name of the id as printed, null if cut before.
 * @param id           code of the name, null if the kernel printed a name that stands for none.
 * @param client       device that faulted, null if cut before.
 * @param streamId     StreamID.
 * @param substreamId  SubstreamID; the kernel prints 0 when it is not valid.
 * @param inputAddress input address.
 * @param wordThree    IPA or fetch address.
 */
record EventText(
    TextState state, String name, Integer id, String client, Long streamId, Integer substreamId, Long inputAddress,
    Long wordThree) {
    static final int SID_DIGITS = 8;
    static final int SSID_DIGITS = 5;
    static final int ADDRESS_DIGITS = 16;
    private static final long PAGE_OFFSET_MASK = 0xfff;
    private static final Map<String, Integer> CODES = Arrays.stream(EventId.values())
        .filter(id -> id != EventId.UNKNOWN && id != EventId.IMPLEMENTATION_DEFINED)
        .collect(Collectors.toMap(EventId::name, EventId::code));

    /**
     * Reads the line.
     *
     * @param content message after the device's name, without blanks in front.
     * @return what could be read.
     */
    static EventText read(String content) {
        TextCursor cursor = new TextCursor(content, 0);
        cursor.take("event:");
        String name = cursor.token();
        Integer id = codeOf(name);
        cursor.take("client:");
        String client = clientOf(cursor.upTo(" sid:"));
        if (cursor.isWhole() && client == null) {
            return new EventText(TextState.DAMAGED, name, id, null, null, null, null, null);
        }
        Long sid = cursor.hex(SID_DIGITS, false);
        cursor.take("ssid:");
        Long ssid = cursor.hex(SSID_DIGITS, id == null || !isAddressFault(id) && !isFetchFault(id));
        Long iova = null;
        Long wordThree = null;
        if (id != null && isAddressFault(id) || id == null && cursor.takeIf("iova:")) {
            if (id != null) {
                cursor.take("iova:");
            }
            iova = cursor.hex(ADDRESS_DIGITS, false);
            cursor.take("ipa:");
            wordThree = cursor.hex(ADDRESS_DIGITS, true);
        } else if (id != null && isFetchFault(id)) {
            cursor.take("fetch_addr:");
            wordThree = cursor.hex(ADDRESS_DIGITS, true);
        }
        return new EventText(
            cursor.state(), name, id, client, sid, ssid == null ? null : Integer.valueOf(ssid.intValue()), iova,
            wordThree);
    }

    /**
     * Whether the kernel prints attributes on a second line for this id.
     *
     * @return also true when the id is not known.
     */
    boolean wantsAttributes() {
        return id == null || isAddressFault(id);
    }

    /**
     * Whether the last address has the shape the kernel gives it; one digit less or more can spoil it.
     *
     * @return false if it cannot be an IPA.
     */
    boolean isPlausible() {
        return id == null || wordThree == null || !isAddressFault(id) || (wordThree & PAGE_OFFSET_MASK) == 0;
    }

    /** Whether a SubstreamID is told, true or null: the kernel prints 0 when there is none. */
    Boolean ssv() {
        return substreamId == null || substreamId == 0 ? null : Boolean.TRUE;
    }

    EventFields fields() {
        return new EventFields(
            id, streamId, ssv(), substreamId, null, null, null, null, null, null, null, null, inputAddress, wordThree);
    }

    static boolean isAddressFault(int id) {
        return id >= EventId.F_TRANSLATION.code() && id <= EventId.F_PERMISSION.code();
    }

    static boolean isFetchFault(int id) {
        return id == EventId.F_STE_FETCH.code() || id == EventId.F_CD_FETCH.code()
            || id == EventId.F_VMS_FETCH.code();
    }

    /** A device has no blank in its name; what has one is an expression in brackets. */
    private static String clientOf(String text) {
        boolean bracketed = text != null && text.startsWith("(") && text.endsWith(")");
        return text == null || text.isEmpty() || text.indexOf(' ') >= 0 && !bracketed ? null : text;
    }

    /** Code of a name that the kernel prints, null if it stands for none. */
    static Integer codeOf(String name) {
        return CODES.get(name);
    }
}
