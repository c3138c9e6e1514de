package dev.steward.loadgen.scenario;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Checks the text of a setting and brings it into one canonical form.
 */
interface SettingType {
    /** What Java's parser also takes, such as NaN, 0x1p3 and 1d, is no number to a reader of a scenario. */
    Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    /**
     * Checks a value.
     *
     * @param text as written by the user.
     * @return the value in canonical form.
     * @throws IllegalArgumentException whose message goes on after the value, for example "is not a duration; ...".
     */
    String canonical(String text);

    /** What is allowed, in a few words. */
    String allowed();

    /** The values, if they are a few words. */
    default List<String> choices() {
        return List.of();
    }

    static SettingType text() {
        return matching("[^\\p{Cntrl}\\u2028\\u2029]*", "one line of text");
    }

    /** A text that may be part of a file name. */
    static SettingType fileName() {
        return matching("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "1 to 64 letters, digits, '.', '_' or '-'");
    }

    private static SettingType matching(String regex, String allowed) {
        Pattern pattern = Pattern.compile(regex);
        return new SettingType() {
            @Override
            public String canonical(String text) {
                if (!pattern.matcher(text).matches()) {
                    throw new IllegalArgumentException("is not " + allowed);
                }
                return text;
            }

            @Override
            public String allowed() {
                return allowed;
            }
        };
    }

    static SettingType choice(String... values) {
        List<String> list = List.of(values);
        return new SettingType() {
            @Override
            public String canonical(String text) {
                if (!list.contains(text)) {
                    throw new IllegalArgumentException("is not one of " + allowed());
                }
                return text;
            }

            @Override
            public String allowed() {
                return String.join(", ", list);
            }

            @Override
            public List<String> choices() {
                return list;
            }
        };
    }

    static SettingType integer(long min, long max) {
        return new SettingType() {
            @Override
            public String canonical(String text) {
                long value;
                try {
                    value = Long.parseLong(text.replace("_", ""));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("is not a whole number from " + allowed(), e);
                }
                if (value < min || value > max) {
                    throw new IllegalArgumentException("is not in " + allowed());
                }
                return Long.toString(value);
            }

            @Override
            public String allowed() {
                return min + " to " + max;
            }
        };
    }

    static SettingType decimal(double min, double max) {
        return new SettingType() {
            @Override
            public String canonical(String text) {
                if (!DECIMAL.matcher(text).matches()) {
                    throw new IllegalArgumentException("is not a number from " + allowed());
                }
                double value = Double.parseDouble(text);
                if (!(value >= min && value <= max)) {
                    throw new IllegalArgumentException("is not in " + allowed());
                }
                return Units.printDecimal(value);
            }

            @Override
            public String allowed() {
                return Units.printDecimal(min) + " to " + Units.printDecimal(max);
            }
        };
    }

    /** Numbers separated by commas, or nothing. */
    static SettingType decimals(double min, double max, int maxCount) {
        SettingType decimal = decimal(min, max);
        return new SettingType() {
            @Override
            public String canonical(String text) {
                if (text.isBlank()) {
                    return "";
                }
                String[] items = text.split(",", -1);
                if (items.length > maxCount) {
                    throw new IllegalArgumentException("is " + items.length + " numbers; allowed: " + allowed());
                }
                StringJoiner canonical = new StringJoiner(",");
                for (String item : items) {
                    try {
                        canonical.add(decimal.canonical(item.trim()));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException("is not " + allowed(), e);
                    }
                }
                return canonical.toString();
            }

            @Override
            public String allowed() {
                return "up to " + maxCount + " numbers from " + decimal.allowed() + ", separated by commas";
            }
        };
    }

    static SettingType rate(double min, double max) {
        return new SettingType() {
            @Override
            public String canonical(String text) {
                double value = Units.rate(text);
                if (!(value >= min && value <= max)) {
                    throw new IllegalArgumentException("is not in " + allowed());
                }
                return Units.printRate(value);
            }

            @Override
            public String allowed() {
                return Units.printRate(min) + " to " + Units.printRate(max);
            }
        };
    }

    /** A rate of a load that cannot be left out. */
    static SettingType neededRate(double min, double max, String whyNotZero) {
        SettingType rate = rate(min, max);
        return new SettingType() {
            @Override
            public String canonical(String text) {
                if (Units.rate(text) == 0) {
                    throw new IllegalArgumentException(whyNotZero + "; allowed: " + allowed());
                }
                return rate.canonical(text);
            }

            @Override
            public String allowed() {
                return rate.allowed();
            }
        };
    }

    static SettingType duration(long minNs, long maxNs) {
        return new SettingType() {
            @Override
            public String canonical(String text) {
                long value = Units.durationNs(text);
                if (value < minNs || value > maxNs) {
                    throw new IllegalArgumentException("is not in " + allowed());
                }
                return Units.printDuration(value);
            }

            @Override
            public String allowed() {
                return Units.printDuration(minNs) + " to " + Units.printDuration(maxNs);
            }
        };
    }
}
