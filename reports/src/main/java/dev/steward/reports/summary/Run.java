package dev.steward.reports.summary;

import dev.steward.reports.read.FolderPool;
import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.transfer.Transfers;
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
    Run confirmedBy(Transfers transfers) {
        return with(transfers.of(Transfers.machine(summary.run().environment())));
    }

    Run with(Transfer transfer) {
        return new Run(scenario, host, settings, folders, files, summary.confirmedBy(transfer));
    }

    static Run of(FolderPool pool, String scenario, String host) {
        return new Run(scenario, host, pool.scenario(), pool.folders(), pool.files(), Summary.of(pool.folder()));
    }
}
