package dev.steward.loadgen.sweep;

import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.scenario.Quantities;
import java.util.ArrayList;
import java.util.List;

/**
 * One setting of a grid that takes several values. Immutable.
 *
 * @param key    the setting.
 * @param texts  its values as a scenario writes them, rising.
 * @param values the same as numbers, in the unit.
 * @param unit   what the numbers count.
 */
public record Axis(ScenarioKey key, List<String> texts, List<Double> values, Unit unit) {
    /** What the numbers of an axis count. */
    public enum Unit {
        /** Per second. */
        PER_SECOND("/s"),
        /** Nanoseconds. */
        NANOSECONDS("ns"),
        /** Things. */
        COUNT("");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Copies the lists. */
    public Axis {
        texts = List.copyOf(texts);
        values = List.copyOf(values);
    }

    static Axis of(String key, List<String> written, String origin) {
        ScenarioKey known = known(key, origin);
        // Some settings are a word by default, and may be a number.
        Unit unit = unitOf(known.defaultValue()) != null || written.isEmpty() ? unitOf(known.defaultValue())
            : unitOf(ScenarioBuilder.canonical(key, written.get(0), origin));
        if (unit == null) {
            throw new ScenarioException(origin + ": " + key + " is no number; an axis takes a rate, a duration or a "
                + "count");
        }
        List<String> texts = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (String one : written) {
            String text = ScenarioBuilder.canonical(key, one, origin);
            double value = unit == Unit.NANOSECONDS ? numberOf(text, origin + ": " + key) : numberOf(text, unit);
            if (!values.isEmpty() && value <= values.get(values.size() - 1)) {
                throw new ScenarioException(origin + ": " + key + ": the values of an axis rise");
            }
            texts.add(text);
            values.add(value);
        }
        if (texts.isEmpty()) {
            throw new ScenarioException(origin + ": " + key + ": an axis has at least one value");
        }
        return new Axis(known, texts, values, unit);
    }

    private static ScenarioKey known(String key, String origin) {
        return ScenarioKey.byKey(key).orElseThrow(() -> ScenarioBuilder.unknown(key, origin));
    }

    private static Unit unitOf(String canonical) {
        if (canonical.endsWith("/s")) {
            return Unit.PER_SECOND;
        }
        if (canonical.matches("[0-9.]+[a-z]+")) {
            return Unit.NANOSECONDS;
        }
        return canonical.matches("[0-9.]+") ? Unit.COUNT : null;
    }

    /**
     * A rate, duration or count as a scenario keeps it, in the unit of its axis: per second, nanoseconds or things.
     *
     * @param origin where it is written, for the message.
     * @throws ScenarioException if it is none of them: a cost may be drawn from a law.
     */
    public static double numberOf(String canonical, String origin) {
        Unit unit = unitOf(canonical);
        if (unit == null) {
            throw new ScenarioException(origin + ": '" + canonical + "' is no number; an axis takes fixed values");
        }
        return numberOf(canonical, unit);
    }

    static double numberOf(String text, Unit unit) {
        return switch (unit) {
            case PER_SECOND -> Quantities.rate(text);
            case NANOSECONDS -> Quantities.durationNs(text);
            case COUNT -> Double.parseDouble(text);
        };
    }

    /** Refuses a point that says nothing of this axis, or lies beyond its ends. */
    void check(String text, String origin) {
        if (text == null) {
            throw new ScenarioException(origin + ": a point lacks " + key.key() + ", which is an axis");
        }
        double value = numberOf(ScenarioBuilder.canonical(key.key(), text, origin), origin + ": " + key.key());
        if (value < values.get(0) || value > values.get(values.size() - 1)) {
            throw new ScenarioException(origin + ": " + key.key() + " " + text + " lies beyond its axis, which goes "
                + "from " + texts.get(0) + " to " + texts.get(texts.size() - 1));
        }
    }

    /** A value between the least and the greatest, evenly in the logarithm, as a scenario writes it. */
    String between(double unit01) {
        double low = Math.log1p(values.get(0));
        double high = Math.log1p(values.get(values.size() - 1));
        long value = Math.round(Math.expm1(low + (high - low) * unit01));
        return switch (unit) {
            case PER_SECOND -> value + "/s";
            case NANOSECONDS -> value + "ns";
            case COUNT -> Long.toString(value);
        };
    }
}
