package dev.steward.reports.guide;

import dev.steward.reports.summary.Quantile;
import dev.steward.results.CellHistograms;
import dev.steward.results.Distribution;
import dev.steward.results.GridData;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a cell that a grid keeps, and their names. */
public final class Figures {
    /** An event from its real start, where turns compare it from a later one. */
    static final String EVENT_RAW = "event.raw";
    /** Median of it. */
    static final String EVENT_WORK = EVENT_RAW + ".p50";
    /** Median of an event from its intended arrival. */
    static final String EVENT = "event.p50";
    /** Median of the strategy's own part of an attach. */
    static final String ATTACH_WORK = "attach.commit.p50";
    /** Median of a whole attach from its intended start. */
    static final String ATTACH = "attach.p50";

    /** Writing the report of an event into the vEVENTQ: the same code for every strategy. */
    static final String REPORT = "report";

    /** What a grid keeps the medians of the slices of, and under which tag it was recorded. */
    static final Map<String, String> SLICED = Map.of(
        "event", Tags.EVENT_ENQUEUE, "event.raw", Tags.EVENT_ENQUEUE_RAW, REPORT, Tags.STAGE_ENQUEUE);

    private static final String ATTACH_RAW = "attach.raw.p50";

    /** Medians that turns have, by the name that bounds them. */
    private static final Map<String, TurnFigure> TURN_MEDIANS = Map.of(
        EVENT_WORK, TurnFigure.EVENT, ATTACH_RAW, TurnFigure.ATTACH, ATTACH_WORK, TurnFigure.COMMIT);
    /** What stands for them where there were only cells; older grids have no attach from its real start. */
    private static final Map<TurnFigure, String> CELL_MEDIANS = Map.of(
        TurnFigure.EVENT, EVENT_WORK, TurnFigure.ATTACH, ATTACH, TurnFigure.COMMIT, ATTACH_WORK);

    private static final Map<String, String> TAGS = tags();
    private static final double MEDIAN = 0.5;
    /** More digits than that are no information, and a grid that ships is read by people. */
    private static final double TENTHS = 10;
    private static final List<String> QUANTILES = List.of("50", "90", "99", "99.9", "99.99");

    private Figures() {
    }

    private static Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("event", Tags.EVENT_ENQUEUE);
        tags.put("event.raw", Tags.EVENT_ENQUEUE_RAW);
        tags.put("event.read", Tags.EVENT_READ);
        tags.put("attach", Tags.ATTACH);
        tags.put("attach.raw", Tags.ATTACH_RAW);
        tags.put("attach.commit", Tags.ATTACH_COMMIT);
        return tags;
    }

    /** All that rest on enough values, by name. */
    static Map<String, Long> of(CellHistograms cell) {
        Map<String, Long> figures = new LinkedHashMap<>();
        TAGS.forEach((name, tag) -> {
            Distribution values = cell.of(tag);
            for (String quantile : QUANTILES) {
                double share = Double.parseDouble(quantile) / 100;
                if (Quantile.of(values, share).support() == Quantile.Support.ENOUGH) {
                    figures.put(name + ".p" + quantile, Math.round(values.interpolatedNs(share)));
                }
            }
        });
        return figures;
    }

    /**
     * Mean of the medians of the slices, weighted by their values, to a tenth of a nanosecond, by name: what a median
     * was typically while the cell ran. Where a cell is a mixture of two placements this mean is one of them too, which
     * its median is not, so what was typical of two tags goes together.
     */
    static Map<String, Double> sliceMedians(CellHistograms cell) {
        Map<String, Double> medians = new TreeMap<>();
        SLICED.forEach((name, tag) -> {
            List<Distribution> slices = cell.slices().getOrDefault(tag, List.of()).stream()
                .map(CellHistograms.Slice::values).filter(slice -> slice.count() > 0).toList();
            long values = slices.stream().mapToLong(Distribution::count).sum();
            if (values > 0) {
                double mean = slices.stream()
                    .mapToDouble(slice -> slice.interpolatedNs(MEDIAN) * slice.count()).sum() / values;
                medians.put(name, tenths(mean));
            }
        });
        return medians;
    }

    static double tenths(double ns) {
        return Math.round(ns * TENTHS) / TENTHS;
    }

    /** A figure that is compared, at a point: its turns on a path, or the medians of its cells there. */
    static Sample of(GridData.Result result, TurnFigure figure, String path) {
        if (result == null || result.turns().isEmpty()) {
            return of(result, CELL_MEDIANS.get(figure), path);
        }
        return ofTurns(result, figure.label(), path);
    }

    private static Sample ofTurns(GridData.Result result, String figure, String path) {
        return new Sample(true, result.turns().stream()
            .filter(turns -> turns.path().equals(path) && turns.figure().equals(figure))
            .findFirst().map(GridData.TurnsData::medians).orElse(Map.of()));
    }

    /** A figure by its name, at a point, on a path. */
    static Sample of(GridData.Result result, String figure, String path) {
        TurnFigure turns = TURN_MEDIANS.get(figure);
        if (result != null && turns != null && !result.turns().isEmpty()) {
            // Older grids have no other event than the one from its real start.
            Sample raw = ofTurns(result, EVENT_RAW, path);
            return turns == TurnFigure.EVENT && !raw.isEmpty() ? raw : of(result, turns, path);
        }
        Map<Integer, Double> repeats = new TreeMap<>();
        for (GridData.CellData cell : result == null ? List.<GridData.CellData>of() : result.cells()) {
            Long ns = cell.path().equals(path) ? cell.figures().get(figure) : null;
            if (ns != null) {
                repeats.put(repeats.size(), Math.max(1.0, ns));
            }
        }
        return new Sample(false, repeats);
    }

    /** {@return whether a figure is a median: what few cores can tell} */
    public static boolean isMedian(String figure) {
        return figure.endsWith(".p50");
    }

    /** {@return names of all figures: in a fixed order} */
    public static List<String> names() {
        return TAGS.keySet().stream()
            .flatMap(name -> QUANTILES.stream().map(quantile -> name + ".p" + quantile)).toList();
    }
}
