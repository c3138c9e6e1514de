package dev.steward.reports.summary;

import dev.steward.reports.read.FolderPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The figures of one scenario on one host, over all folders that hold repeats of it. Immutable.
 *
 * @param scenario name, with the settings that tell it from the others of its set
 * @param files    JSON file of each cell by its id; the interval log lies beside it
 */
public record Run(
    String scenario, String host, Map<String, String> settings, List<String> folders, Map<String, Path> files,
    Summary summary) {
    static Run of(FolderPool pool, String scenario, String host) {
        return new Run(scenario, host, pool.scenario(), pool.folders(), pool.files(), Summary.of(pool.folder()));
    }
}
