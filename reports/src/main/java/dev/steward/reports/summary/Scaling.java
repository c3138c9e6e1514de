package dev.steward.reports.summary;

import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.read.ThreadPoint;
import dev.steward.reports.statistics.Scalability;
import dev.steward.results.CellHistograms;
import dev.steward.results.Median;
import dev.steward.results.Tags;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The scalability law fitted to what was measured with several numbers of threads. Immutable.
 *
 * @param fit     null if it was refused, or is not to be believed
 * @param refusal why; null if there is a fit
 * @param cores   of the machine; 0 if it is not known
 */
public record Scaling(String subject, List<ThreadPoint> points, Scalability fit, String refusal, int cores) {
    /** Confidence of the intervals. */
    public static final double LEVEL = 0.95;

    /** Threads that go through a guard: handlers, one for each SMMU, and attach threads. */
    private static final String HANDLERS = "smmus";
    private static final String ATTACHERS = "churn.threads";
    private static final double NS_PER_SECOND = 1e9;

    /** Fits whatever was measured with more than one number of threads; may be nothing. */
    public static List<Scaling> of(RunSet runs) {
        List<Scaling> fits = new ArrayList<>();
        for (Grid grid : Grid.of(runs)) {
            for (String key : grid.keys()) {
                if (key.equals(HANDLERS) || key.equals(ATTACHERS)) {
                    ofGrid(fits, grid, key);
                }
            }
        }
        Map<String, List<ThreadPoint>> others = runs.others().stream()
            .map(ForeignResult::points).flatMap(List::stream)
            .collect(Collectors.groupingBy(ThreadPoint::subject, LinkedHashMap::new, Collectors.toList()));
        others.forEach((subject, points) -> add(fits, "JMH " + subject, points, 0));
        return fits;
    }

    private static void ofGrid(List<Scaling> fits, Grid grid, String key) {
        boolean inColumns = grid.keys().indexOf(key) == 0;
        Map<String, List<ThreadPoint>> bySubject = new LinkedHashMap<>();
        int cores = Integer.MAX_VALUE;
        for (Map.Entry<String, Map<String, Run>> row : grid.byPlace().entrySet()) {
            for (Map.Entry<String, Run> place : row.getValue().entrySet()) {
                String threads = inColumns ? place.getKey() : row.getKey();
                String rest = inColumns ? row.getKey() : place.getKey();
                String fixed = ", host " + grid.host()
                    + (rest.isEmpty() ? "" : ", " + grid.keys().get(inColumns ? 1 : 0) + " " + rest);
                if (threads.matches("[1-9][0-9]{0,5}")) {
                    ofRun(bySubject, place.getValue(), key, Integer.parseInt(threads), fixed);
                    cores = Math.min(cores, place.getValue().summary().run().cores());
                }
            }
        }
        int fewest = cores;
        bySubject.forEach((subject, points) -> add(fits, subject, points, fewest));
    }

    private static void ofRun(
        Map<String, List<ThreadPoint>> bySubject, Run run, String key, int threads, String fixed) {
        run.summary().strategies().forEach(strategy -> {
            String who = strategy.info().name() + ", path " + strategy.path() + fixed + ": ";
            if (key.equals(HANDLERS)) {
                points(bySubject, who + "events", strategy, threads, Scaling::eventNs);
            } else {
                points(bySubject, who + "attaches", strategy, threads, cell -> meanNs(cell, Tags.ATTACH_RAW));
                points(bySubject, who + "commits", strategy, threads, cell -> meanNs(cell, Tags.ATTACH_COMMIT));
            }
        });
    }

    /** The load is offered, not driven: what threads could do is what they do while one is busy, times their number. */
    private static void points(
        Map<String, List<ThreadPoint>> bySubject, String subject, StrategySummary strategy, int threads,
        ToDoubleFunction<CellHistograms> busyNs) {
        strategy.perRepeat().stream().mapToDouble(busyNs).filter(ns -> ns > 0).forEach(ns ->
            bySubject.computeIfAbsent(subject, key -> new ArrayList<>())
                .add(new ThreadPoint(subject, threads, threads * NS_PER_SECOND / ns)));
    }

    /** A handler's time with an event; 0 if none was sampled. */
    private static double eventNs(CellHistograms cell) {
        return StageShares.of(cell::of).handlingNs();
    }

    private static double meanNs(CellHistograms cell, String tag) {
        return cell.tags().contains(tag) ? cell.of(tag).meanNs() : Double.NaN;
    }

    private static void add(List<Scaling> fits, String subject, List<ThreadPoint> points, int cores) {
        if (points.stream().mapToInt(ThreadPoint::threads).distinct().count() < 2) {
            return;
        }
        int most = points.stream().mapToInt(ThreadPoint::threads).max().orElseThrow();
        if (cores > 0 && most > cores) {
            fits.add(new Scaling(subject, points, null, most + " threads on " + Wording.counted(cores, "core")
                + " wait for a core, which is not what the law is about", cores));
            return;
        }
        Scalability fit = null;
        String refusal = null;
        try {
            fit = Scalability.fit(points.stream().mapToDouble(ThreadPoint::threads).toArray(),
                points.stream().mapToDouble(ThreadPoint::perSecond).toArray(), LEVEL);
            if (fit.sigma().value() < 0 || fit.kappa().value() < 0) {
                fit = null;
                refusal = "contention or coherency would be below 0, so the law does not describe these values";
            }
        } catch (IllegalArgumentException e) {
            refusal = e.getMessage();
        }
        fits.add(new Scaling(subject, points, fit, refusal, cores));
    }

    /** {@return median of the repeats with so many threads, in operations per second} */
    public double medianPerSecond(int threads) {
        return Median.of(points.stream().filter(point -> point.threads() == threads)
            .mapToDouble(ThreadPoint::perSecond).toArray());
    }

    /** {@return the numbers of threads: ascending, each once} */
    public List<Integer> counts() {
        return points.stream().map(ThreadPoint::threads).distinct().sorted().toList();
    }
}
