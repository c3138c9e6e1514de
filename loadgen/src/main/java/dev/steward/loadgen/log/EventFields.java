package dev.steward.loadgen.log;

import dev.steward.engine.event.EventRecordLayout;

/**
 * The fields of an event record, each null when the log does not tell. Immutable.
 *
 * <p>A field is printed whether or not its id defines it: HiSilicon hardware fills words that the architecture leaves
 * undefined, and a reader of a log wants to see them.
 *
 * @param id            event id code, 0 to 255.
 * @param streamId      StreamID, 0 to 2^32 - 1.
 * @param ssv           whether the SubstreamID is valid. Decoded lines show it only by a SubstreamID that is not 0.
 * @param substreamId   SubstreamID, 20 bits.
 * @param stallTag      stall tag, 16 bits.
 * @param stage2        S2.
 * @param faultClass    0 to 3, see {@link #className(Integer)}.
 * @param inputAddress  word 2.
 * @param wordThree     word 3, from which {@link #ipa()} comes. From decoded lines: the IPA or the fetch address.
 */
public record EventFields(
    Integer id, Long streamId, Boolean ssv, Integer substreamId, Integer stallTag, Boolean stall, Boolean read,
    Boolean instruction, Boolean privileged, Boolean stage2, Integer faultClass, Boolean tableWalkRead,
    Long inputAddress, Long wordThree) {
    private static final String[] CLASS_NAMES = {
        "CD fetch", "stage 1 translation table fetch", "input address caused fault", "reserved"
    };

    /**
     * Reads the fields of raw words.
     *
     * @param id    event id code of the header, null if unknown.
     * @param words four entries, null where a word is not known.
     */
    static EventFields ofWords(Integer id, Long[] words) {
        Long w0 = words[0];
        Long w1 = words[1];
        return new EventFields(
            id == null && w0 != null ? Integer.valueOf(EventRecordLayout.id(w0)) : id,
            w0 == null ? null : Long.valueOf(Integer.toUnsignedLong(EventRecordLayout.streamId(w0))),
            w0 == null ? null : Boolean.valueOf(EventRecordLayout.ssv(w0)),
            w0 == null ? null : Integer.valueOf(EventRecordLayout.substreamId(w0)),
            w1 == null ? null : Integer.valueOf(EventRecordLayout.stallTag(w1)),
            w1 == null ? null : Boolean.valueOf(EventRecordLayout.stall(w1)),
            w1 == null ? null : Boolean.valueOf(EventRecordLayout.read(w1)),
            w1 == null ? null : Boolean.valueOf(EventRecordLayout.instruction(w1)),
            w1 == null ? null : Boolean.valueOf(EventRecordLayout.privileged(w1)),
            w1 == null ? null : Boolean.valueOf(EventRecordLayout.stage2(w1)),
            w1 == null ? null : Integer.valueOf(EventRecordLayout.faultClass(w1)),
            w1 == null ? null : Boolean.valueOf(EventRecordLayout.tableWalkRead(w1)),
            words[2], words[3]);
    }

    /** Fields of which at most the id is known, null if not even that. */
    static EventFields ofId(Integer id) {
        return ofWords(id, new Long[EventRecordLayout.WORDS]);
    }

    /** Fills what is null here from another reading of the same event. */
    EventFields orElse(EventFields other) {
        return new EventFields(
            first(id, other.id), first(streamId, other.streamId), first(ssv, other.ssv),
            first(substreamId, other.substreamId), first(stallTag, other.stallTag), first(stall, other.stall),
            first(read, other.read), first(instruction, other.instruction), first(privileged, other.privileged),
            first(stage2, other.stage2), first(faultClass, other.faultClass),
            first(tableWalkRead, other.tableWalkRead), first(inputAddress, other.inputAddress),
            first(wordThree, other.wordThree));
    }

    /** Intermediate physical address in bytes, bits 51:12 of word 3; null if not known, or if the event has none. */
    public Long ipa() {
        return wordThree == null || EventText.isFetchFault(id) ? null
            : Long.valueOf(EventRecordLayout.ipa(wordThree));
    }

    /**
     * Address of the structure that could not be fetched, in bytes: bits 51:3 of word 3 of F_STE_FETCH, F_CD_FETCH and
     * F_VMS_FETCH (Arm IHI 0070, "Event records"); null for other events.
     */
    public Long fetchAddress() {
        return wordThree == null || !EventText.isFetchFault(id) ? null
            : Long.valueOf(EventRecordLayout.fetchAddress(wordThree));
    }

    /**
     * The fault class in words.
     *
     * @param faultClass 0 to 3 or null.
     * @return its name, null for null.
     */
    public static String className(Integer faultClass) {
        return faultClass == null ? null : CLASS_NAMES[faultClass];
    }

    /** The fault class of a name, in whatever case; null if no class has it. */
    static Integer classOf(String name) {
        for (int i = 0; i < CLASS_NAMES.length; i++) {
            if (CLASS_NAMES[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return null;
    }

    /** Builds the four words of a record. What is not known is 0: an event without attributes has an empty word 1. */
    long[] toWords() {
        int sid = streamId == null ? 0 : streamId.intValue();
        int code = id == null ? 0 : id;
        boolean withSubstream = Boolean.TRUE.equals(ssv) && substreamId != null;
        return new long[] {
            withSubstream
                ? EventRecordLayout.word0(code, sid, substreamId)
                : EventRecordLayout.word0(code, sid),
            EventRecordLayout.word1(
                stallTag == null ? 0 : stallTag, Boolean.TRUE.equals(stall), Boolean.TRUE.equals(privileged),
                Boolean.TRUE.equals(instruction), Boolean.TRUE.equals(read), Boolean.TRUE.equals(stage2),
                faultClass == null ? 0 : faultClass, Boolean.TRUE.equals(tableWalkRead)),
            inputAddress == null ? 0 : inputAddress,
            wordThree == null ? 0 : wordThree,
        };
    }

    private static <T> T first(T one, T other) {
        return one != null ? one : other;
    }
}
