package dev.steward.reports.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values that JMH sampled, as its {@code rawDataHistogram} counts them. Immutable.
 *
 * @param counts by value, rising; not empty
 */
public record SampledValues(Map<Double, Long> counts) {
    /** Copies the map. */
    public SampledValues {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** {@return all values below a node: a fork, or an array of them; null if it holds none} */
    public static SampledValues of(JsonNode forks) {
        TreeMap<Double, Long> counts = new TreeMap<>();
        add(forks, counts);
        return counts.isEmpty() ? null : new SampledValues(counts);
    }

    private static void add(JsonNode node, Map<Double, Long> counts) {
        boolean pair = node.size() == 2 && node.get(0).isNumber() && node.get(1).isNumber();
        if (pair && node.get(1).asLong() > 0) {
            counts.merge(node.get(0).asDouble(), node.get(1).asLong(), Long::sum);
        } else if (!pair) {
            node.forEach(inner -> add(inner, counts));
        }
    }

    /** {@return how many values there are} */
    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    double mean() {
        return counts.entrySet().stream().mapToDouble(entry -> entry.getKey() * entry.getValue()).sum() / count();
    }

    /** {@return the smallest value that so large a share, 0 to 1, of all does not exceed} */
    public double at(double quantile) {
        long rank = Math.max(1, (long) Math.ceil(Math.nextDown(quantile * 100) * count() / 100));
        double value = Double.NaN;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            value = entry.getKey();
            rank -= entry.getValue();
            if (rank <= 0) {
                break;
            }
        }
        return value;
    }
}
