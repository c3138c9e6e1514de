package dev.steward.loadgen.log;

import dev.steward.engine.event.EventRecordLayout;
import java.util.Objects;

/** Holds what the kernel decoded against the raw words it printed before. Pure functions. */
final class CrossCheck {
    private CrossCheck() {
    }

    /**
     * Finds the first field in which a decoded event line differs from the words.
     *
     * @param words four entries, null where not known.
     * @return one clause, null if nothing differs.
     */
    static String ofEvent(Long[] words, EventFields text) {
        Long w0 = words[0];
        if (w0 != null && text.substreamId() != null) {
            // The kernel prints SubstreamID 0 when SSV is clear, whatever the bits say.
            int valid = EventRecordLayout.ssv(w0) ? EventRecordLayout.substreamId(w0) : 0;
            if (text.substreamId() != valid && text.substreamId() != EventRecordLayout.substreamId(w0)) {
                return clause("ssid", text.substreamId(), valid);
            }
        }
        if (words[2] != null && text.inputAddress() != null && !text.inputAddress().equals(words[2])) {
            return clause("iova", text.inputAddress(), words[2]);
        }
        Long w3 = words[3];
        if (w3 != null && text.wordThree() != null) {
            long shown = text.wordThree();
            if (!isCutOf(shown, EventRecordLayout.ipa(w3)) && !isCutOf(shown, EventRecordLayout.fetchAddress(w3))) {
                return clause("address", shown, w3);
            }
        }
        return null;
    }

    /**
     * Finds the first field in which a decoded attribute line differs from word 1.
     *
     * @param w1   word 1, null if not known.
     * @return one clause, null if nothing differs.
     */
    static String ofAttributes(Long w1, EventFields text) {
        if (w1 == null) {
            return null;
        }
        EventFields raw = EventFields.ofWords(null, new Long[] {null, w1, null, null});
        boolean cutStag = text.stallTag() != null && isCutOf(text.stallTag(), raw.stallTag());
        return firstDifference(
            "priv", text.privileged(), raw.privileged(),
            "inst", text.instruction(), raw.instruction(),
            "read", text.read(), raw.read(),
            "s2", text.stage2(), raw.stage2(),
            "class", text.faultClass(), raw.faultClass(),
            "ttd_read", text.tableWalkRead(), raw.tableWalkRead(),
            "stall", text.stall(), raw.stall(),
            "stag", cutStag ? null : text.stallTag(), raw.stallTag());
    }

    /** The address ends its line, and a terminal that wraps in the middle of a number leaves its first digits there. */
    private static boolean isCutOf(long shown, long whole) {
        return shown == whole || Long.toHexString(whole).startsWith(Long.toHexString(shown));
    }

    private static String firstDifference(Object... triples) {
        for (int i = 0; i < triples.length; i += 3) {
            if (triples[i + 1] != null && !Objects.equals(triples[i + 1], triples[i + 2])) {
                return "decoded " + triples[i] + " " + triples[i + 1] + " is not the raw " + triples[i + 2];
            }
        }
        return null;
    }

    private static String clause(String field, long decoded, long raw) {
        return "decoded " + field + " 0x" + Long.toHexString(decoded) + " is not the raw 0x" + Long.toHexString(raw);
    }
}
