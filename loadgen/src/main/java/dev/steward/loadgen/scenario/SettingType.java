package dev.steward.loadgen.scenario;

import java.util.List;

/**
 * Checks the text of a setting and brings it into one canonical form.
 */
interface SettingType {
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

    static SettingType text() {
        return new SettingType() {
            @Override
            public String canonical(String text) {
                return text;
            }

            @Override
            public String allowed() {
                return "text";
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
                double value;
                try {
                    value = Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("is not a number from " + allowed(), e);
                }
                if (!(value >= min && value <= max)) {
                    throw new IllegalArgumentException("is not in " + allowed());
                }
                return Double.toString(value);
            }

            @Override
            public String allowed() {
                return min + " to " + max;
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
