package dev.steward.loadgen.turn;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How turns are taken.
 *
 * @param windowNs       measured part of a turn.
 * @param rehearsalNs    full speed on each path in a new JVM, over all of its run-in.
 * @param runIn          rehearsals and turns on each path in a new JVM before the first turn that counts.
 * @param rounds         rounds of a generation that count.
 * @param budgetNs       time for all generations; a generation that will end later, by more than a tenth of it, is not
 *                       begun.
 * @param maxGenerations most generations of each group of contestants, whatever the budget.
 * @param precision      wanted half-widths by figure and path, for the referee.
 * @param seed           of all drawing.
 */
public record TurnSettings(
    long windowNs, long rehearsalNs, int runIn, int rounds, long budgetNs, int maxGenerations,
    Map<String, Double> precision, long seed) {
    /** Copies the map. */
    public TurnSettings {
        precision = new LinkedHashMap<>(precision);
    }
}
