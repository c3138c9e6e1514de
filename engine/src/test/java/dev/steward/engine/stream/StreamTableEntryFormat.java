package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1CONTEXTPTR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_3_S2TTB_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;
import static dev.steward.engine.stream.StreamTableEntryLayout.config;
import static dev.steward.engine.stream.StreamTableEntryLayout.isValid;

/** Turns the words of an entry into text, for the messages of failed tests. */
final class StreamTableEntryFormat {
    private static final String[] CONFIG_NAMES = {
        "abort", "reserved(1)", "reserved(2)", "reserved(3)", "bypass", "stage-1", "stage-2", "nested"};

    /** Fields in the order of print, word by word; V and Config are printed on their own. */
    private enum Field {
        S1_FMT("S1Fmt", 0, StreamTableEntryLayout.STE_0_S1FMT_MASK),
        S1_CONTEXT_PTR("S1ContextPtr", 0, STE_0_S1CONTEXTPTR_MASK),
        S1_CD_MAX("S1CDMax", 0, StreamTableEntryLayout.STE_0_S1CDMAX_MASK),
        S1_DSS("S1DSS", 1, StreamTableEntryLayout.STE_1_S1DSS_MASK),
        S1_CIR("S1CIR", 1, StreamTableEntryLayout.STE_1_S1CIR_MASK),
        S1_COR("S1COR", 1, StreamTableEntryLayout.STE_1_S1COR_MASK),
        S1_CSH("S1CSH", 1, StreamTableEntryLayout.STE_1_S1CSH_MASK),
        MEV("MEV", 1, StreamTableEntryLayout.STE_1_MEV_MASK),
        S2_FWB("S2FWB", 1, StreamTableEntryLayout.STE_1_S2FWB_MASK),
        S1_STALLD("S1STALLD", 1, StreamTableEntryLayout.STE_1_S1STALLD_MASK),
        EATS("EATS", 1, StreamTableEntryLayout.STE_1_EATS_MASK),
        STRW("STRW", 1, StreamTableEntryLayout.STE_1_STRW_MASK),
        SHCFG("SHCFG", 1, StreamTableEntryLayout.STE_1_SHCFG_MASK),
        S2_VMID("S2VMID", 2, StreamTableEntryLayout.STE_2_S2VMID_MASK),
        T0SZ("T0SZ", 2, StreamTableEntryLayout.STE_2_VTCR_T0SZ_MASK),
        SL0("SL0", 2, StreamTableEntryLayout.STE_2_VTCR_SL0_MASK),
        IR0("IR0", 2, StreamTableEntryLayout.STE_2_VTCR_IR0_MASK),
        OR0("OR0", 2, StreamTableEntryLayout.STE_2_VTCR_OR0_MASK),
        SH0("SH0", 2, StreamTableEntryLayout.STE_2_VTCR_SH0_MASK),
        TG("TG", 2, StreamTableEntryLayout.STE_2_VTCR_TG_MASK),
        PS("PS", 2, StreamTableEntryLayout.STE_2_VTCR_PS_MASK),
        S2_AA64("S2AA64", 2, StreamTableEntryLayout.STE_2_S2AA64_MASK),
        S2_ENDI("S2ENDI", 2, StreamTableEntryLayout.STE_2_S2ENDI_MASK),
        S2_PTW("S2PTW", 2, StreamTableEntryLayout.STE_2_S2PTW_MASK),
        S2_S("S2S", 2, StreamTableEntryLayout.STE_2_S2S_MASK),
        S2_R("S2R", 2, StreamTableEntryLayout.STE_2_S2R_MASK),
        S2_TTB("S2TTB", 3, STE_3_S2TTB_MASK);

        private final String label;
        private final int word;
        private final long mask;

        Field(String label, int word, long mask) {
            this.label = label;
            this.word = word;
            this.mask = mask;
        }

        private boolean isAddress() {
            return this == S1_CONTEXT_PTR || this == S2_TTB;
        }

        private void appendTo(StringBuilder text, long[] words) {
            text.append(' ').append(label).append('=');
            if (isAddress()) {
                text.append("0x").append(Long.toHexString(words[word] & mask));
            } else {
                text.append(BitField.get(words[word], mask));
            }
        }
    }

    private StreamTableEntryFormat() {
    }

    /**
     * Decodes an entry: the fields that its configuration uses, and with a leading {@code !} those that are set all the
     * same.
     *
     * @param words eight words.
     * @return one line, such as {@code STE{V=1 Config=bypass SHCFG=1}}.
     */
    static String describe(long[] words) {
        long[] used = new long[STE_WORDS];
        StreamTableEntryUsedBits.compute(words, used);
        StringBuilder text = new StringBuilder("STE{V=").append(isValid(words[0]) ? 1 : 0);
        if (isValid(words[0])) {
            text.append(" Config=").append(CONFIG_NAMES[config(words[0])]);
        }
        for (Field field : Field.values()) {
            if ((used[field.word] & field.mask) != 0) {
                field.appendTo(text, words);
            } else if ((words[field.word] & field.mask) != 0) {
                int at = text.length();
                field.appendTo(text, words);
                text.insert(at + 1, '!');
            }
        }
        return text.append('}').toString();
    }
}
