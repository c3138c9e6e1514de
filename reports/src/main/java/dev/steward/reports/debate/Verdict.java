package dev.steward.reports.debate;

import java.util.List;

/**
 * The answer to a question in words.
 *
 * @param inShort one sentence with the key figure, medians without their spans
 * @param details sentences with every figure and its span
 */
record Verdict(String inShort, List<String> details) {
    /** Copies the list. */
    Verdict {
        details = List.copyOf(details);
    }

    static final String MERGED = "streams-mutex";
    static final String PER_MASTER = "vmaster-rwsem";
    static final String INLINE = "inline";
    static final String RING = "ring";
}
