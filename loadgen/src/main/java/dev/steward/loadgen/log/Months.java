package dev.steward.loadgen.log;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Months as syslog, {@code dmesg -T} and {@code journalctl} abbreviate them. Immutable; safe for any thread. */
final class Months {
    /** English alone where possible: the others take a while to load. */
    private static final String ENGLISH = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int LETTERS = 3;

    private Months() {
    }

    /** {@return the month of a name that may be cut, with a full stop or without: 1 to 12, or 0 for none} */
    static int of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace(".", "");
        int at = plain.length() == LETTERS ? ENGLISH.indexOf(plain) : -1;
        if (at >= 0 && at % LETTERS == 0) {
            return at / LETTERS + 1;
        }
        // Chinese, Japanese and Korean number them.
        return Character.isDigit(plain.charAt(0)) ? number(plain.substring(0, plain.length() - 1))
            : Others.BY_START.getOrDefault(plain, 0);
    }

    private static int number(String digits) {
        int month = Integer.parseInt(digits);
        return month <= Month.values().length ? month : 0;
    }

    /** Of other languages, loaded when the first is met. */
    private static final class Others {
        private static final List<String> LANGUAGES = List.of(
            "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "tr", "ru", "uk");
        /** By each start of three letters or more; the first language has it. */
        private static final Map<String, Integer> BY_START = new HashMap<>();

        static {
            for (String language : LANGUAGES) {
                Locale locale = Locale.forLanguageTag(language);
                for (Month month : Month.values()) {
                    for (TextStyle style : List.of(TextStyle.FULL, TextStyle.FULL_STANDALONE)) {
                        String name = month.getDisplayName(style, locale).toLowerCase(locale);
                        for (int end = LETTERS; end <= name.length(); end++) {
                            BY_START.putIfAbsent(name.substring(0, end), month.getValue());
                        }
                    }
                }
            }
        }
    }
}
