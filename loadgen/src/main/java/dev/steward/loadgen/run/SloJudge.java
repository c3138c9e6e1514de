package dev.steward.loadgen.run;

import dev.steward.loadgen.run.CapacityRun.Verdict;
import dev.steward.results.CellRecord;
import dev.steward.results.CellResult;
import dev.steward.results.Distribution;
import dev.steward.results.Reason;
import dev.steward.results.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Holds the figures of a cell against an objective. Events that are lost break it like late ones; a cell whose storm
 * came late on path {@code ring} says only that the generator is not faster.
 */
final class SloJudge implements CapacityRun.Judge {
    @Override
    public Verdict judge(Path json, Slo slo) throws IOException {
        return judge(CellResult.read(json), slo);
    }

    static Verdict judge(CellResult cell, Slo slo) {
        if (!cell.keptSchedule()) {
            return excuse(cell);
        }
        List<String> seen = new ArrayList<>();
        boolean held = true;
        for (Slo.Bound bound : slo.bounds()) {
            Distribution values = cell.histograms().of(bound.tag());
            if (values.count() == 0) {
                return new Verdict("unfit", bound.text() + ": nothing was recorded");
            }
            long valueNs = bound.quantile() == 1 ? values.maxNs() : values.valueAtNs(bound.quantile());
            held &= valueNs <= bound.limitNs();
            seen.add(bound.text().replaceAll("<=?.*", "") + " " + Units.duration(valueNs));
        }
        return new Verdict(held ? "held" : "broken", String.join(", ", seen));
    }

    /** Why the cell is INVALID decides what it says about the rate. */
    private static Verdict excuse(CellResult cell) {
        String ahead = ahead(cell);
        if (ahead != null) {
            return new Verdict("unfit", ahead);
        }
        String lost = reason(cell, reason -> reason.kind() == Reason.Kind.LOSS);
        if (lost != null) {
            return new Verdict("broken", lost);
        }
        String late = reason(cell, reason -> reason.isAboutScheduleOf("storm"));
        if (late != null) {
            return new Verdict(cell.json().path().equals(CellRecord.RING) ? "ceiling" : "broken", late);
        }
        String behind = reason(cell, reason -> reason.isAboutScheduleOf("churn"));
        return behind != null ? new Verdict("broken", behind) : new Verdict("unfit", cell.reasons().get(0).sentence());
    }

    /** A load that made up in the window for what it missed before: the cell had another load than was asked for. */
    private static String ahead(CellResult cell) {
        return cell.json().rates().stream()
            .filter(rate -> rate.done() > rate.scheduled())
            .map(rate -> reason(cell, reason -> reason.isAboutScheduleOf(rate.load())))
            .filter(Objects::nonNull)
            .findFirst().orElse(null);
    }

    private static String reason(CellResult cell, Predicate<Reason> wanted) {
        return cell.reasons().stream().filter(wanted).map(Reason::sentence).findFirst().orElse(null);
    }
}
