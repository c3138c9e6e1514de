package dev.steward.reports.verdict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the two that are compared.
 *
 * @param kind     {@code result folder} or {@code JMH file}; only equal ones are compared
 * @param load     settings that have to be equal, or both figures mean nothing to each other
 */
record Side(
    String source, String kind, Map<String, String> load, Map<String, String> machine, Map<Key, Series> series,
    List<String> problems) {
    static final String FOLDER = "result folder";
    static final String JMH = "JMH file";

    Side {
        load = new LinkedHashMap<>(load);
        machine = new LinkedHashMap<>(machine);
        series = new LinkedHashMap<>(series);
        problems = List.copyOf(problems);
    }

    /** What is compared with its like on the other side; the figure is {@code event p99} for example. */
    record Key(String group, String figure, String name) {
    }

    /** Its values. */
    record Series(Sample sample, boolean lowerIsBetter, String unit) {
    }
}
