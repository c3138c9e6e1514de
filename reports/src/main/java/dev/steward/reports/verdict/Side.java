package dev.steward.reports.verdict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the two that are compared.
 *
 * @param source   folder or file, as given
 * @param kind     {@code result folder} or {@code JMH file}; only equal ones are compared
 * @param load     settings that have to be equal, or both figures mean nothing to each other
 * @param machine  facts that may differ and are named then
 * @param series   what was measured
 * @param problems what was excluded, in words
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

    /**
     * What is compared with its like on the other side.
     *
     * @param group  for example {@code path ring}
     * @param figure for example {@code event p99}
     * @param name   of the strategy
     */
    record Key(String group, String figure, String name) {
    }

    /**
     * Its values.
     *
     * @param sample        one value of each repeat
     * @param lowerIsBetter whether less is better
     * @param unit          of the values, which has to be equal
     */
    record Series(Sample sample, boolean lowerIsBetter, String unit) {
    }
}
