package dev.steward.reports.table;

import dev.steward.reports.summary.StageShares;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.List;
import java.util.Map;

/** Where the time of an event goes. */
final class StageTables {
    private static final Map<String, String> HEADS = Map.of(Tags.STAGE_RING, "ring", Tags.STAGE_LOCK, "lock",
        Tags.STAGE_SECTION, "sect", Tags.STAGE_ENQUEUE, "enq", Tags.STAGE_UNLOCK, "unlock");

    private StageTables() {
    }

    static Table of(Summary summary) {
        Layout<StageShares> layout = new Layout<>("strategy");
        Tags.STAGES.forEach(tag -> layout.figure(HEADS.get(tag), "share of " + tag,
            stages -> Units.wholeShare(stages.shareOf(tag))));
        return layout
            .figure("LOCK", "share of stage.lock and stage.unlock together", stages -> Units.share(stages.lockShare()))
            .figure("mean", "sum of the stages' means, per event",
                stages -> stages.samples() == 0 ? Units.NONE : Units.duration(stages.totalNs()))
            .count("n", "sampled events", StageShares::samples)
            .note("Every stage contains one clock read, and lock also the look-up of the stream, so a floor without "
                + "a lock has a LOCK share too: the lock is what a strategy has above its floor.")
            .table("stages", "Where the time of an event goes",
                "Mean time of each stage over the sum of the means; LOCK is lock + unlock, n counts the sampled "
                    + "events. " + cost(summary),
                Layout.strategies(summary, StrategySummary::stages));
    }

    private static String cost(Summary summary) {
        List<String> every = summary.finished().stream().map(CellRecord::sampleEvery).distinct().sorted()
            .map(Object::toString).toList();
        return (every.isEmpty() ? "Their" : "One event in " + String.join(" or ", every) + " is sampled; its")
            + " extra clock reads and records cost " + Units.duration(summary.run().calibration().stageNs()) + ".";
    }
}
