package dev.steward.loadgen.turn;

import dev.steward.loadgen.scenario.Quantities;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.nio.file.Path;
import java.util.Map;

/**
 * One load on one path, under which all contestants take turns.
 *
 * @param folder     of results, whose {@code turns.jsonl} gets the turns.
 * @param settings   of a turn.
 * @param longCell   settings of the long cell, or null if there is to be none.
 * @param eventsFile kernel log to draw records from, or null for synthetic ones.
 */
public record Lane(
    Path folder, String path, Map<String, String> settings, Map<String, String> longCell, String eventsFile) {
    long windowNs() {
        return Quantities.durationNs(settings.get(ScenarioKey.DURATION.key()));
    }
}
