package dev.steward.loadgen.cell;

import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.CellRecord;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import dev.steward.results.TurnRecord;
import dev.steward.strategy.Strategy;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A turn: a short cell on a fresh engine, of which only the medians are kept. */
final class Turn {
    private static final List<String> TAGS = List.of(
        Tags.EVENT_ENQUEUE_RAW, Tags.EVENT_ENQUEUE, Tags.EVENT_ENQUEUE_AWAKE,
        Tags.ATTACH_RAW, Tags.ATTACH, Tags.ATTACH_COMMIT);
    private static final double MEDIAN = 0.5;
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private Turn() {
    }

    static LiveAnswer play(
        Clock clock, Scenario scenario, EventLog log, StreamPlan streams, Strategy strategy, boolean ring, int repeat) {
        // Now rather than in the window; it also frees the vEVENTQs of the turn before, which only the collector does.
        System.gc();
        Workloads workloads = new Workloads(scenario, log, streams, repeat);
        long collectedBefore = collections();
        try (Cell cell = new Cell(clock, scenario, workloads, streams, strategy, ring)) {
            cell.run();
            long collections = collections() - collectedBefore;
            CellReport report = cell.report();
            return new LiveAnswer(
                null, figures(cell.recorders()), report.rates(), report.ledger(),
                violations(CellWriter.judged(strategy.description().quiescence(), report.oracles())),
                report.injectedFailures(),
                cell.frame().window().measureFromNs(), cell.frame().window().measureToNs(), collections,
                cell.recorders().sum(Tags.HICCUP).getMaxValue(), cell.placement());
        }
    }

    private static long collections() {
        return COLLECTORS.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    private static Map<String, TurnRecord.Figure> figures(Recorders recorders) {
        Map<String, TurnRecord.Figure> figures = new LinkedHashMap<>();
        for (String tag : TAGS) {
            Distribution values = Distribution.of(recorders.sum(tag));
            double median = values.count() == 1 ? values.maxNs() : values.interpolatedNs(MEDIAN);
            if (median > 0) {
                figures.put(tag, new TurnRecord.Figure(values.count(), median));
            }
        }
        return figures;
    }

    private static Map<String, Long> violations(List<CellRecord.Oracle> oracles) {
        Map<String, Long> violations = new LinkedHashMap<>();
        oracles.stream().filter(oracle -> oracle.violations() > 0)
            .forEach(oracle -> violations.put(oracle.name(), oracle.violations()));
        return violations;
    }
}
