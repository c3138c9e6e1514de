package dev.steward.loadgen.cell;

import dev.steward.loadgen.load.ChurnProbe;
import dev.steward.loadgen.outlier.AttachTrace;
import dev.steward.loadgen.outlier.EventTrace;
import dev.steward.loadgen.outlier.Outliers;
import dev.steward.loadgen.outlier.Spans;
import dev.steward.loadgen.outlier.Surroundings;
import dev.steward.loadgen.record.Recorders;
import dev.steward.results.OutlierRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands what the threads of a cell left to the attribution of its outliers. Only after all of them have ended.
 */
final class CellOutliers {
    private CellOutliers() {
    }

    /**
     * Attributes.
     *
     * @param cell   that has run.
     * @param pauses of its JVM, empty if they are not known.
     */
    static OutlierRecord of(Cell cell, Optional<Spans> pauses) {
        Spans paused = pauses.orElse(Spans.NONE);
        Spans stalled = Spans.of(cell.hiccupMeter().stalls().spans());
        List<Outliers.OfThread> handlers = new ArrayList<>();
        for (int id = 0; id < cell.handlerProbes().size(); id++) {
            ChurnProbe churn = cell.beds().get(id).churnProbe();
            handlers.add(new Outliers.OfThread(
                cell.handlerProbes().get(id).slowest(),
                new Surroundings(paused, stalled, churn.graces(), churn.commits())));
        }
        Surroundings beside = new Surroundings(paused, stalled, Spans.NONE, Spans.NONE);
        List<Outliers.OfThread> attachers = cell.churns().stream()
            .map(churn -> new Outliers.OfThread(churn.slowest(), beside)).toList();
        Recorders recorders = cell.recorders();
        Spans inWindow = Spans.of(cell.window().measureFromNs(), cell.window().measureToNs());
        return new OutlierRecord(
            pauses.isPresent(),
            paused.touching(inWindow),
            stalled.touching(inWindow),
            Outliers.events(handlers, cell.ring(), new EventTrace.Usual(
                recorders.medianNs(Tags.SLIP_STORM),
                recorders.medianNs(Tags.STAGE_RING),
                recorders.medianNs(Tags.STAGE_LOCK),
                recorders.medianNs(Tags.STAGE_SECTION),
                recorders.medianNs(Tags.STAGE_ENQUEUE))),
            Outliers.attaches(attachers, new AttachTrace.Usual(
                recorders.medianNs(Tags.SLIP_CHURN),
                recorders.medianNs(Tags.ATTACH_COMMIT),
                recorders.medianNs(Tags.GRACE),
                recorders.medianNs(Tags.ATTACH_RAW))));
    }
}
