package dev.steward.loadgen.scenario;

import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.machine.Scheduling;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks the text of a setting and brings it into one canonical form. Immutable.
 *
 * @param allowed what is allowed, in a few words.
 * @param choices the values, if they are a few words.
 * @param maxNs   longest duration of a cost, 0 for a setting that is none.
 * @param check   gives the canonical form of what the user wrote; throws IllegalArgumentException whose message follows
 *                the value, for example "is not a duration; ...".
 */
record SettingType(String allowed, List<String> choices, long maxNs, UnaryOperator<String> check) {
    /** What Java's parser also takes, such as NaN, 0x1p3 and 1d, is no number to a reader of a scenario. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    /** Digits of this alphabet, with single underscores between them. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*");

    private SettingType(String allowed, UnaryOperator<String> check) {
        this(allowed, List.of(), 0, check);
    }

    String canonical(String text) {
        return check.apply(text);
    }

    static SettingType text() {
        return matching("[^\\p{C}\\p{Zl}\\p{Zp}]*", "one line of text");
    }

    /** A text that may be part of a file name. */
    static SettingType fileName() {
        return matching("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "1 to 64 letters, digits, '.', '_' or '-'");
    }

    private static SettingType matching(String regex, String allowed) {
        Pattern pattern = Pattern.compile(regex);
        return new SettingType(allowed, text -> {
            require(pattern.matcher(text).matches(), "is not " + allowed);
            return text;
        });
    }

    static SettingType choice(String... values) {
        List<String> list = List.of(values);
        String allowed = String.join(", ", list);
        return new SettingType(allowed, list, 0, text -> {
            require(list.contains(text), "is not one of " + allowed);
            return text;
        });
    }

    static SettingType integer(long min, long max) {
        String allowed = min + " to " + max;
        return new SettingType(allowed, text -> {
            require(WHOLE.matcher(text).matches(), "is not a whole number from " + allowed);
            long value;
            try {
                value = Long.parseLong(text.replace("_", ""));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is not in " + allowed, e);
            }
            require(value >= min && value <= max, "is not in " + allowed);
            return Long.toString(value);
        });
    }

    static SettingType decimal(double min, double max) {
        String allowed = Quantities.printDecimal(min) + " to " + Quantities.printDecimal(max);
        return new SettingType(allowed, text -> {
            require(DECIMAL.matcher(text).matches(), "is not a number from " + allowed);
            double value = Double.parseDouble(text);
            require(value >= min && value <= max, "is not in " + allowed);
            return Quantities.printDecimal(value);
        });
    }

    /** Numbers separated by commas, or nothing. */
    static SettingType decimals(double min, double max, int maxCount) {
        SettingType decimal = decimal(min, max);
        String allowed = "up to " + maxCount + " numbers from " + decimal.allowed + ", separated by commas";
        return new SettingType(allowed, text -> {
            if (text.isBlank()) {
                return "";
            }
            String[] items = text.split(",", -1);
            require(items.length <= maxCount, "is " + items.length + " numbers; allowed: " + allowed);
            StringJoiner canonical = new StringJoiner(",");
            for (String item : items) {
                try {
                    canonical.add(decimal.canonical(item.trim()));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("is not " + allowed, e);
                }
            }
            return canonical.toString();
        });
    }

    static SettingType rate(double min, double max) {
        String allowed = Quantities.printRate(min) + " to " + Quantities.printRate(max);
        return new SettingType(allowed, text -> {
            double value = Quantities.rate(text);
            require(value >= min && value <= max, "is not in " + allowed);
            return Quantities.printRate(value);
        });
    }

    /** A rate of a load that cannot be zero. */
    static SettingType neededRate(double min, double max, String whyNotZero) {
        SettingType rate = rate(min, max);
        return new SettingType(rate.allowed, text -> {
            require(Quantities.rate(text) != 0, whyNotZero + "; allowed: " + rate.allowed);
            return rate.canonical(text);
        });
    }

    static SettingType duration(long minNs, long maxNs) {
        String allowed = Quantities.printDuration(minNs) + " to " + Quantities.printDuration(maxNs);
        return new SettingType(allowed, text -> {
            long value = Quantities.durationNs(text);
            require(value >= minNs && value <= maxNs, "is not in " + allowed);
            return Quantities.printDuration(value);
        });
    }

    /** How long a step takes, see {@link CostSetting}. */
    static SettingType cost(long maxNs) {
        String allowed = "a duration of up to " + Quantities.printDuration(maxNs)
            + ", lognormal(MEDIAN,SIGMA), or file:PATH with a histogram";
        return new SettingType(allowed, List.of(), maxNs, text -> CostSetting.of(text, maxNs).text());
    }

    /** Where grace periods come from: one of two words, a duration, or a file as of {@link #cost}. */
    static SettingType gracePeriods(long maxNs) {
        List<String> words = List.of("model", "kernel");
        String allowed = "model, kernel, a duration, or file:PATH with a histogram";
        return new SettingType(allowed, List.of(), maxNs, text -> {
            if (words.contains(text)) {
                return text;
            }
            require(text.startsWith("file:") || text.matches("[0-9].*"), "is not one of " + allowed);
            return CostSetting.of(text, maxNs).text();
        });
    }

    /** CPUs of the threads of a role: one of some words, or a list. */
    static SettingType pin(Pin.Manner... manners) {
        List<Pin.Manner> words = List.of(manners);
        String allowed = words.stream().map(Pin.Manner::word).collect(Collectors.joining(", "))
            + ", or CPUs as in 0-3,8";
        return new SettingType(allowed, text -> {
            require(!text.isEmpty() && (Character.isDigit(text.charAt(0)) || words.stream().anyMatch(
                one -> one.word().equals(text))), "is not one of " + allowed);
            Pin.of(text);
            return text.replace(" ", "");
        });
    }

    /** Class and priority of the threads of a role, or a word that leaves them to the suite. */
    static SettingType scheduling(String... words) {
        String allowed = String.join(", ", words) + (words.length == 0 ? "" : ", ")
            + "other, fifo:1 to fifo:99, rr:1 to rr:99, nice:-20 to nice:19";
        return new SettingType(allowed, text -> List.of(words).contains(text) ? text : Scheduling.of(text).toString());
    }

    /** What is done to threads on purpose, in one order. */
    static SettingType disturbances() {
        return new SettingType(Disturbance.allowed(), text -> Disturbance.words(Disturbance.parse(text)));
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
