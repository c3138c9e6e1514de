package dev.steward.engine.event;

import java.util.Arrays;

/**
 * Every event id an SMMUv3 can record, with what its record holds and whether the driver hands it to a guest.
 *
 * <p>Sources: Arm IHI 0070 section 7.3 for codes and names; {@code arm-smmu-v3.c} of Linux for which ids a vEVENTQ
 * receives. Ids that are not forwarded are printed by the host, rate-limited. Immutable, safe for any thread.
 */
public enum EventId {
    /** Transaction of a type the SMMU does not support. */
    F_UUT(0x01, Payload.SUBSTREAM, false, false),
    /** StreamID outside of the stream table. */
    C_BAD_STREAMID(0x02, Payload.SUBSTREAM, false, false),
    /** External abort when the STE was fetched. */
    F_STE_FETCH(0x03, Payload.SUBSTREAM, false, false),
    /** Malformed STE. */
    C_BAD_STE(0x04, Payload.SUBSTREAM, false, true),
    /** ATS translation request where none is allowed. */
    F_BAD_ATS_TREQ(0x05, Payload.SUBSTREAM | Payload.INPUT_ADDRESS | Payload.READ, false, false),
    /** The STE disables this kind of transaction. */
    F_STREAM_DISABLED(0x06, 0, false, true),
    /** Translated transaction that is not allowed to bypass. */
    F_TRANSL_FORBIDDEN(0x07, Payload.INPUT_ADDRESS | Payload.READ, false, false),
    /** SubstreamID outside of the CD table. */
    C_BAD_SUBSTREAMID(0x08, Payload.SUBSTREAM, false, true),
    /** External abort when the CD was fetched. */
    F_CD_FETCH(0x09, Payload.SUBSTREAM, false, false),
    /** Malformed CD. */
    C_BAD_CD(0x0a, Payload.SUBSTREAM, false, true),
    /** External abort on a translation table walk. */
    F_WALK_EABT(0x0b, Payload.FULL, true, false),
    /** No translation for the address. */
    F_TRANSLATION(0x10, Payload.FULL, true, true),
    /** Address out of the configured size. */
    F_ADDR_SIZE(0x11, Payload.FULL, true, true),
    /** Access flag of the page is clear. */
    F_ACCESS(0x12, Payload.FULL, true, true),
    /** The page does not allow the access. */
    F_PERMISSION(0x13, Payload.FULL, true, true),
    /** More than one TLB entry matched. */
    F_TLB_CONFLICT(0x20, Payload.INPUT_ADDRESS | Payload.STAGE_AND_CLASS, false, false),
    /** More than one cached configuration matched. Its payload is implementation defined. */
    F_CFG_CONFLICT(0x21, 0, false, false),
    /** Speculative page request hint. */
    E_PAGE_REQUEST(0x24, 0, false, false),
    /** External abort when the VMS was fetched. */
    F_VMS_FETCH(0x25, 0, false, false),
    /** All of 0xE0 to 0xEF: the implementer knows. {@link #code()} is the first of them. */
    IMPLEMENTATION_DEFINED(0xe0, 0, false, false),
    /** Any code the architecture leaves undefined. {@link #code()} is 0, which is one of them. */
    UNKNOWN(0x00, 0, false, false);

    private static final int CODES = 256;
    private static final int LAST_IMPLEMENTATION_DEFINED = 0xef;
    private static final EventId[] BY_CODE = byCode();

    private final int code;
    private final int payload;
    private final boolean canStall;
    private final boolean forwarded;

    EventId(int code, int payload, boolean canStall, boolean forwarded) {
        this.code = code;
        this.payload = payload;
        this.canStall = canStall;
        this.forwarded = forwarded;
    }

    /**
     * Finds an id by its code. Does not allocate.
     *
     * @param code bits 7:0 of word 0; higher bits are ignored.
     * @return the id, {@link #UNKNOWN} when the architecture defines none; never null.
     */
    public static EventId of(int code) {
        return BY_CODE[code & (CODES - 1)];
    }

    /** {@return code in bits 7:0 of word 0, 0 to 255} */
    public int code() {
        return code;
    }

    /** {@return whether a fault of this id may stall its transaction} */
    public boolean canStall() {
        return canStall;
    }

    /** {@return whether the driver hands stage 1 faults of this id to a vEVENTQ} */
    public boolean forwarded() {
        return forwarded;
    }

    /** {@return whether the record defines SSV and SSID} */
    public boolean hasSubstreamId() {
        return (payload & Payload.SUBSTREAM) != 0;
    }

    /** {@return whether the record defines RnW} */
    public boolean hasRead() {
        return (payload & Payload.READ) != 0;
    }

    /** {@return whether the record defines S2 and CLASS} */
    public boolean hasStageAndClass() {
        return (payload & Payload.STAGE_AND_CLASS) != 0;
    }

    /** {@return whether word 2 is an input address} */
    public boolean hasInputAddress() {
        return (payload & Payload.INPUT_ADDRESS) != 0;
    }

    private static EventId[] byCode() {
        EventId[] table = new EventId[CODES];
        Arrays.fill(table, UNKNOWN);
        for (EventId id : values()) {
            table[id.code] = id;
        }
        Arrays.fill(
            table, IMPLEMENTATION_DEFINED.code, LAST_IMPLEMENTATION_DEFINED + 1, IMPLEMENTATION_DEFINED);
        return table;
    }

    /** What a record holds, as far as somebody asks. A class of its own: constants above cannot see later fields. */
    private static final class Payload {
        static final int SUBSTREAM = 1;
        static final int READ = 1 << 1;
        static final int STAGE_AND_CLASS = 1 << 2;
        static final int INPUT_ADDRESS = 1 << 3;
        static final int FULL = SUBSTREAM | READ | STAGE_AND_CLASS | INPUT_ADDRESS;
    }
}
