package dev.steward.reports.table;

import dev.steward.reports.summary.StageShares;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Table of where the time of an event goes. */
public final class StageTable {
    private static final Map<String, String> HEADS = Map.of(Tags.STAGE_RING, "ring", Tags.STAGE_LOCK, "lock",
        Tags.STAGE_SECTION, "sect", Tags.STAGE_ENQUEUE, "enq", Tags.STAGE_UNLOCK, "unlock");

    private StageTable() {
    }

    /**
     * Shares of the stages.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table of(Summary summary) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy")));
        for (String tag : Tags.STAGES) {
            columns.add(Table.Column.figure(HEADS.get(tag), "share of " + tag));
        }
        columns.add(Table.Column.figure("LOCK", "share of stage.lock and stage.unlock together"));
        columns.add(Table.Column.figure("mean", "sum of the stages' means, per event"));
        columns.add(Table.Column.figure("n", "sampled events"));
        return new Table("stages", "Where the time of an event goes",
            "Mean time of each stage over the sum of the means; LOCK is lock + unlock, n counts "
                + "the sampled events. " + cost(summary),
            columns,
            Groups.of(summary, strategy -> {
                StageShares stages = strategy.stages();
                List<String> row = new ArrayList<>(List.of(strategy.info().name()));
                Tags.STAGES.forEach(tag -> row.add(Units.wholeShare(stages.shareOf(tag))));
                row.add(Units.share(stages.lockShare()));
                row.add(stages.samples() == 0 ? Units.NONE : Units.duration(stages.totalNs()));
                row.add(Units.count(stages.samples()));
                return row;
            }),
            List.of("Every stage contains one clock read, and lock also the look-up of the stream, so a floor without "
                + "a lock has a LOCK share too: the lock is what a strategy has above its floor."));
    }

    /**
     * Short name of a stage.
     *
     * @param tag of the log
     * @return what stands after the dot
     */
    public static String nameOf(String tag) {
        return tag.substring(tag.indexOf('.') + 1);
    }

    private static String cost(Summary summary) {
        List<String> every = summary.finished().stream().map(CellRecord::sampleEvery).distinct().sorted()
            .map(Object::toString).toList();
        String sampled = every.isEmpty() ? "" : "One event in " + String.join(" or ", every) + " is sampled; ";
        String cost = "its extra clock reads and records cost "
            + Units.duration(summary.run().calibration().stageNs()) + ".";
        return every.isEmpty() ? "T" + cost.substring(1) : sampled + cost;
    }
}
