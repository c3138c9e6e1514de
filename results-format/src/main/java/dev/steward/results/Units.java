package dev.steward.results;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Prints figures: three significant digits, the unit chosen per value, ASCII, the same in every locale. A dash stands
 * for a figure that does not exist.
 */
public final class Units {
    /** Stands for a figure that does not exist. */
    public static final String NONE = "-";

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final String[] TIME_UNITS = {"ns", "us", "ms", "s"};
    private static final String[] COUNT_UNITS = {"", "k", "M", "G", "T"};
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final long EXACT_BELOW = 10_000;

    private Units() {
    }

    /**
     * A duration.
     *
     * @param ns nanoseconds, not negative; NaN for none
     * @return for example {@code 85ns}, {@code 1.23us}, {@code 45.6ms}
     */
    public static String duration(double ns) {
        return Double.isNaN(ns) ? NONE : scaled(ns, 1000, TIME_UNITS);
    }

    /**
     * A count.
     *
     * @return every digit below 10000, three digits and k, M or G from there
     */
    public static String count(double count) {
        return Math.abs(count) < EXACT_BELOW ? plain(new BigDecimal(Math.round(count)))
            : (count < 0 ? "-" : "") + scaled(Math.abs(count), 1000, COUNT_UNITS);
    }

    /** A count with every digit. */
    public static String exact(long count) {
        return Long.toString(count);
    }

    /**
     * A rate.
     *
     * @return whole events below 1 million, three digits below 100
     */
    public static String rate(double perSecond) {
        if (perSecond < 100) {
            return plain(new BigDecimal(perSecond).round(THREE_DIGITS));
        }
        return perSecond < 1e6 ? String.format(Locale.ROOT, "%.0f", perSecond) : scaled(perSecond, 1000, COUNT_UNITS);
    }

    /**
     * A number of any unit.
     *
     * @return every digit of a whole number below 10000, otherwise three digits with k, M or G
     */
    public static String number(double value) {
        return value == Math.rint(value) || Math.abs(value) >= EXACT_BELOW ? count(value)
            : plain(new BigDecimal(value).round(THREE_DIGITS));
    }

    /**
     * A value of a setting.
     *
     * @param unit  {@code /s}, {@code ns}, or nothing for a count
     * @return for example {@code 20000/s}, {@code 2.00us}, {@code 64}
     */
    public static String axis(double value, String unit) {
        return switch (unit) {
            case "/s" -> rate(value) + unit;
            case "ns" -> value == 0 ? "0ns" : duration(value);
            default -> exact(Math.round(value));
        };
    }

    /**
     * A size.
     *
     * @return for example {@code 512B}, {@code 64.0KiB}
     */
    public static String bytes(long bytes) {
        return scaled(bytes, 1024, BYTE_UNITS);
    }

    /**
     * A share.
     *
     * @param share 0 to 1; NaN for none
     */
    public static String share(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /**
     * A share without decimals.
     *
     * @param share 0 to 1; NaN for none
     */
    public static String wholeShare(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.0f%%", share * 100);
    }

    private static String scaled(double value, int step, String[] units) {
        BigDecimal rest = new BigDecimal(value);
        int unit = 0;
        // Rounded before it is compared: 999.6 ns is 1.00 us and never "1000ns".
        while (unit < units.length - 1
            && rest.setScale(0, RoundingMode.HALF_UP).compareTo(BigDecimal.valueOf(step)) >= 0) {
            rest = rest.divide(new BigDecimal(step), MathContext.DECIMAL64);
            unit++;
        }
        // The smallest unit is whole in the files; only means have a fraction there.
        boolean whole = unit == 0 && rest.stripTrailingZeros().scale() <= 0;
        return (whole ? plain(rest) : digits(rest)) + units[unit];
    }

    private static String digits(BigDecimal value) {
        BigDecimal rounded = value.round(THREE_DIGITS);
        int whole = Math.max(1, rounded.precision() - rounded.scale());
        int decimals = Math.max(0, THREE_DIGITS.getPrecision() - whole);
        return rounded.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
