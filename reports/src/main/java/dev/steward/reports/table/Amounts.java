package dev.steward.reports.table;

import dev.steward.results.Verdicts;
import dev.steward.results.Wording;

/** Differences and shares with their intervals, as sentences have them: {@code 30 ns (22 to 37)}. */
public final class Amounts {
    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    /** As a share: what is smaller has a decimal. */
    private static final double FINE = 0.02;
    private static final double MINUTES_OF_AN_HOUR = 60;
    private static final double MINUTES_UP_TO = 2 * MINUTES_OF_AN_HOUR;

    private Amounts() {
    }

    /** {@return a time with its interval in one unit; without the brackets if there is no interval} */
    public static String time(double ns, Double lowNs, Double highNs) {
        return time(ns, lowNs, highNs, "");
    }

    /** {@return the same with a sign before every number but 0} */
    public static String signedTime(double ns, Double lowNs, Double highNs) {
        return time(ns, lowNs, highNs, "+");
    }

    /** {@return a time alone: for example {@code 615 ns}, {@code 4.20 us}} */
    public static String time(double ns) {
        return time(ns, null, null);
    }

    /** {@return whether bounds lie so far apart that they say nothing of what lies between} */
    static boolean untold(Double lowNs, Double highNs) {
        return lowNs != null && Verdicts.farApart(lowNs, highNs);
    }

    /** {@return the same as a table has it: {@code 615ns 601..630}} */
    static String compact(double ns, Double lowNs, Double highNs) {
        if (untold(lowNs, highNs)) {
            return compact(ns, null, null) + " unknown";
        }
        Unit unit = Unit.of(ns, lowNs, highNs);
        return unit.number(ns, "") + unit.name + (lowNs == null ? ""
            : " " + unit.number(lowNs, "") + ".." + unit.number(highNs, ""));
    }

    private static String time(double ns, Double lowNs, Double highNs, String sign) {
        Unit unit = Unit.of(ns, lowNs, highNs);
        return unit.number(ns, sign) + " " + unit.name + (lowNs == null ? ""
            : " (" + unit.number(lowNs, sign) + " to " + unit.number(highNs, sign) + ")");
    }

    /** What several times are printed in. */
    private record Unit(String name, double ns, int decimals) {
        static Unit of(double ns, Double lowNs, Double highNs) {
            double largest = lowNs == null ? Math.abs(ns)
                : Math.max(Math.abs(ns), Math.max(Math.abs(lowNs), Math.abs(highNs)));
            int unit = 0;
            double scale = 1;
            while (unit < UNITS.length - 1 && largest / scale >= 999.5) {
                unit++;
                scale *= 1000;
            }
            Unit chosen = of(unit, scale, largest);
            return unit > 0 && largest / scale < 9.9995
                && (chosen.hides(ns) || lowNs != null && (chosen.hides(lowNs) || chosen.hides(highNs)))
                ? of(unit - 1, scale / 1000, largest) : chosen;
        }

        private static Unit of(int unit, double scale, double largest) {
            int digits = largest / scale >= 99.95 ? 0 : largest / scale >= 9.995 ? 1 : 2;
            // Nothing is measured more finely than a tenth of a nanosecond.
            return new Unit(UNITS[unit], scale, unit == 0 ? Math.max(0, digits - 1) : digits);
        }

        /** What is not 0 would look like it. */
        private boolean hides(double value) {
            return Math.abs(value) >= 0.5 && number(value, "").matches("0\\.?0*");
        }

        String number(double value, String sign) {
            return Amounts.number(value / ns, decimals, sign);
        }
    }

    /**
     * {@return a share with its interval in per cent, from twice on as a factor: {@code 12 % (9 to 15)},
     * {@code a factor of 3.1 (2.9 to 3.4)}}
     *
     * @param share of 1, above -1
     */
    public static String share(double share, Double low, Double high) {
        boolean factor = share >= 1;
        double shift = factor ? 1 : 0;
        double scale = factor ? 1 : 100;
        // A bound that is not 0 must not look like it.
        boolean fine = low != null
            && (high - low < FINE || Math.min(Math.abs(low), Math.abs(high)) < FINE / 2 || Math.abs(share) < FINE / 2);
        int decimals = factor ? share < 9 ? 1 : 0 : fine ? 1 : 0;
        return (factor ? "a factor of " : "") + number((share + shift) * scale, decimals, "") + (factor ? "" : " %")
            + (low == null ? "" : " (" + number((low + shift) * scale, decimals, "") + " to "
                + number((high + shift) * scale, decimals, "") + ")");
    }

    /** {@return a share alone, in whole per cent} */
    public static String share(double share) {
        return share(share, null, null);
    }

    /** {@return a bound in per cent, rounded up: 1 or more; from twice on as a factor} */
    public static String bound(double share) {
        return share >= 1 ? Wording.format("a factor of %.1f", Math.ceil((share + 1) * 10 - 1e-6) / 10)
            : Math.max(1, (int) Math.ceil(share * 100 - 1e-6)) + " %";
    }

    /** {@return about so much more time: {@code about 6 more minutes}} */
    static String minutes(double minutes) {
        return minutes < MINUTES_UP_TO
            ? "about " + Wording.counted(Math.max(1, Math.round(minutes)), "more minute")
            : "about " + Math.round(minutes / MINUTES_OF_AN_HOUR) + " more hours";
    }

    private static String number(double value, int decimals, String sign) {
        String text = Wording.format("%." + decimals + "f", value);
        return text.matches("-0\\.?0*") ? text.substring(1)
            : sign.isEmpty() || value <= 0 || text.matches("0\\.?0*") ? text : sign + text;
    }
}
