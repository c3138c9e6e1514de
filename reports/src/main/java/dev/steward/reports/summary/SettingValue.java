package dev.steward.reports.summary;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that is a number. Immutable.
 *
 * @param text   as the scenario has it
 * @param number in the unit
 * @param unit   {@code ns}, {@code /s}, or empty for a plain number, as an axis of a sweep has it
 */
public record SettingValue(String text, BigDecimal number, String unit) {
    private static final Pattern NUMBER = Pattern.compile("(-?\\d*\\.?\\d+)(?:(ns|us|ms|s)|([kMG]?)(/s)?)");
    private static final Map<String, Integer> POWERS =
        Map.of("ns", 0, "us", 3, "ms", 6, "s", 9, "", 0, "k", 3, "M", 6, "G", 9);

    /** {@return the value of a setting; empty for words} */
    static Optional<SettingValue> of(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean duration = matcher.group(2) != null;
        BigDecimal number = new BigDecimal(matcher.group(1))
            .scaleByPowerOfTen(POWERS.get(matcher.group(duration ? 2 : 3)));
        return Optional.of(new SettingValue(text, number, duration ? "ns" : matcher.group(4) == null ? "" : "/s"));
    }
}
