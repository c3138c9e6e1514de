package dev.steward.reports.verdict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One figure of one strategy: a value of each repeat, with the placement class it was taken in. Values within one
 * repeat share a JVM, so a repeat counts once however many intervals it has.
 *
 * @param values  of the repeats; all above 0
 */
public record Sample(String name, List<Value> values, List<String> notes) {
    /** Copies the lists. */
    public Sample {
        values = List.copyOf(values);
        notes = List.copyOf(notes);
    }

    /** The repeats by placement class. */
    Map<String, double[]> logsByPlacement() {
        return values.stream().collect(Collectors.groupingBy(Value::placement, TreeMap::new,
            Collectors.collectingAndThen(Collectors.toList(),
                list -> list.stream().mapToDouble(value -> Math.log(value.value())).toArray())));
    }

    /**
     * One repeat.
     *
     * @param value     above 0
     */
    public record Value(double value, String placement) {
    }
}
