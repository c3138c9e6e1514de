package dev.steward.loadgen.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates and durations as people write them. */
public final class Quantities {
    /** The number of digits is bounded, as reading a number takes time with their square. */
    private static final Pattern QUANTITY = Pattern.compile("([+-]?\\d{1,400}(?:\\.\\d{1,400})?)\\s*([A-Za-z]*)(/s)?");
    private static final Map<String, Integer> RATE_POWERS = Map.of("", 0, "k", 3, "K", 3, "M", 6);
    private static final Map<String, Long> DURATION_NS = Map.of(
        "ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "min", 60_000_000_000L, "m", 60_000_000_000L,
        "h", 3_600_000_000_000L);
    private static final List<String> DURATION_PRINTED = List.of("s", "ms", "us");

    private Quantities() {
    }

    /**
     * Reads a rate: 20000, 20k, 20k/s, 1.5M/s.
     *
     * @throws IllegalArgumentException with the end of a sentence that begins with the text: "is not a rate; ...".
     */
    public static double rate(String text) {
        Matcher matcher = QUANTITY.matcher(text.trim());
        if (!matcher.matches() || !RATE_POWERS.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("is not a rate; write for example 500/s, 20k/s or 1.5M/s");
        }
        return new BigDecimal(matcher.group(1)).scaleByPowerOfTen(RATE_POWERS.get(matcher.group(2))).doubleValue();
    }

    /**
     * Reads a duration: 0, 500ns, 10us, 2.5ms, 3s, 1min or 1m, 2h. Nanoseconds, negative if written so.
     *
     * @throws IllegalArgumentException with the end of a sentence that begins with the text: "is not a duration; ...".
     */
    public static long durationNs(String text) {
        Matcher matcher = QUANTITY.matcher(text.trim());
        boolean quantity = matcher.matches() && matcher.group(3) == null;
        if (quantity && matcher.group(2).isEmpty() && new BigDecimal(matcher.group(1)).signum() == 0) {
            return 0;
        }
        if (!quantity || !DURATION_NS.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("is not a duration; write a number with ns, us, ms, s, min or h");
        }
        BigDecimal unit = BigDecimal.valueOf(DURATION_NS.get(matcher.group(2)));
        BigDecimal ns = new BigDecimal(matcher.group(1)).multiply(unit);
        if (ns.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("is longer than this program can count");
        }
        if (ns.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("is not a whole number of ns, the finest unit");
        }
        return ns.longValue();
    }

    /** Shortest text that is read back as the very same number, 0 or more, for example {@code 20k/s}. */
    public static String printRate(double perSecond) {
        BigDecimal exact = exact(perSecond);
        if (perSecond >= 1e6 && perSecond % 1e4 == 0) {
            return plain(exact.scaleByPowerOfTen(-6)) + "M/s";
        }
        return perSecond >= 1e3 && perSecond % 10 == 0
            ? plain(exact.scaleByPowerOfTen(-3)) + "k/s" : plain(exact) + "/s";
    }

    /** A text that {@link #durationNs} reads back as the very same number. */
    static String printDuration(long ns) {
        for (String name : DURATION_PRINTED) {
            long unit = DURATION_NS.get(name);
            if (ns >= unit && ns % (unit / 100) == 0) {
                return plain(BigDecimal.valueOf(ns).divide(BigDecimal.valueOf(unit))) + name;
            }
        }
        return ns + "ns";
    }

    /** A number without exponent, read back by {@link Double#parseDouble} as the very same. */
    static String printDecimal(double value) {
        return plain(exact(value));
    }

    /** The decimal that Java prints for a double is the shortest that no other double is nearer to. */
    private static BigDecimal exact(double value) {
        return new BigDecimal(Double.toString(value));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
