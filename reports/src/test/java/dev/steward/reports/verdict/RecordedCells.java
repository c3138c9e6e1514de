package dev.steward.reports.verdict;

import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.RecordedLog;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Cells of real runs, drawn with replacement as if the run had been repeated. */
final class RecordedCells {
    private final List<CellHistograms.Slice> attaches;
    private final List<CellHistograms.Slice> events;

    RecordedCells(String path) {
        CellHistograms log = RecordedLog.read("/recorded/mutex-" + path + ".hlog");
        events = log.slices().get("event.enqueue");
        attaches = log.slices().get("attach");
    }

    /** One value of each cell. */
    double[] values(Figure figure) {
        return (figure.tag().equals("attach") ? attaches : events).stream()
            .mapToDouble(cell -> cell.values().interpolatedNs(figure.quantile())).filter(value -> value > 0).toArray();
    }

    /** A contestant with so many repeats, each so many times as slow as it was. */
    static Sample draw(double[] values, int repeats, double slower, SplittableRandom random) {
        return new Sample("drawn", IntStream.range(0, repeats)
            .mapToObj(i -> new Sample.Value(values[random.nextInt(values.length)] * slower, "near")).toList(),
            List.of());
    }
}
