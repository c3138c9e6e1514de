package dev.steward.reports.table;

import dev.steward.reports.summary.GuardCost;
import dev.steward.reports.summary.StageShares;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the time of an event goes. */
final class StageTables {
    private static final Map<String, String> HEADS = Map.of(
        Tags.STAGE_RING, "ring", Tags.STAGE_DECODE, "dec", Tags.STAGE_LOCK, "in", Tags.STAGE_WAIT, "wait",
        Tags.STAGE_LOOK_UP, "look", Tags.STAGE_SECTION, "sect", Tags.STAGE_ENQUEUE, "enq", Tags.STAGE_UNLOCK, "out");

    private StageTables() {
    }

    private record Row(StageShares stages, double wakeNs) {
    }

    /** The stages, then what the lock has of them. */
    static List<Table> of(Summary summary) {
        return List.of(stages(summary), lock(summary));
    }

    private static Table stages(Summary summary) {
        Layout<Row> layout = new Layout<>("strategy");
        Set<String> recorded = summary.strategies().flatMap(one -> one.stages().meanNs().keySet().stream())
            .collect(Collectors.toSet());
        Tags.STAGES.stream().filter(recorded::contains).forEach(tag -> layout.figure(HEADS.get(tag), "share of " + tag,
            row -> Units.wholeShare(row.stages.shareOf(tag))));
        if (summary.strategies().anyMatch(one -> one.of(Tags.STAGE_WAKE).count() > 0)) {
            layout.figure("wake", "share of stage.wake, a part of stage.enqueue",
                row -> Units.wholeShare(row.wakeNs / row.stages.totalNs())).noted();
        }
        return layout
            .figure("mean", "sum of the stages' means, per event",
                row -> row.stages.samples() == 0 ? Units.NONE : Units.duration(row.stages.totalNs()))
            .count("n", "sampled events", row -> row.stages.samples())
            .note("Every stage contains one clock read.")
            .table("stages", "Where the time of an event goes",
                "Mean time of each stage over the sum of the means, n counts the sampled events. " + cost(summary),
                Layout.strategies(summary, one -> new Row(one.stages(), one.of(Tags.STAGE_WAKE).meanNs())));
    }

    private static Table lock(Summary summary) {
        Layout<GuardCost> layout = new Layout<GuardCost>("strategy")
            .figure("share", "middle of the repeats", cost -> Units.share(cost.share()))
            .figure("least", "in the repeat with the least", cost -> Units.share(cost.least()))
            .figure("most", "in the repeat with the most", cost -> Units.share(cost.greatest()))
            .words("floor", "what it is compared with", GuardCost::floor);
        String noFloor = noFloor(summary);
        if (!noFloor.isEmpty()) {
            layout.note(noFloor);
        }
        return layout.table("lock", "The share of the lock",
            "What a strategy takes of an event beyond its floor, which has no lock: the stages that a guard has a part "
                + "in, less those of the floor, over all stages of the strategy but the ring. A floor finds the "
                + "stream by position, in one look-up: tree and first look-up of a design count as its lock.",
            Layout.strategies(summary, one -> summary.guardCost(one).orElse(null)));
    }

    /** Why a strategy whose stages were sampled has no share of the lock; empty if all have one. */
    static String noFloor(Summary summary) {
        String missing = summary.strategies()
            .filter(one -> one.info().ranked() && one.stages().samples() > 0 && summary.guardCost(one).isEmpty())
            .map(Summary::floor).distinct().sorted().collect(Collectors.joining(", "));
        return missing.isEmpty() ? "" : "No share of the lock where the floor of the strategy is not in the run: its "
            + "stages are there without any lock too. Add to the strategies: " + missing + ".";
    }

    private static String cost(Summary summary) {
        List<String> every = summary.finished().stream().map(CellRecord::sampleEvery).distinct().sorted()
            .map(Object::toString).toList();
        return (every.isEmpty() ? "Their" : "One event in " + String.join(" or ", every) + " is sampled; its")
            + " extra clock reads and records cost " + Units.duration(summary.run().calibration().stageNs()) + ".";
    }
}
