package dev.steward.reports.verdict;

import dev.steward.reports.read.RecordedLog;
import dev.steward.results.CellHistograms;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Cells of a real run with their placement classes, drawn with replacement as if the run had been repeated. */
final class RecordedCells {
    private static final List<String> PLACEMENTS = List.of("near", "far", "mixed");

    private static final double TIE_BREAK = 1e-4;

    private final List<Recorded> cells = new ArrayList<>();

    RecordedCells(String path) {
        for (String placement : PLACEMENTS) {
            RecordedLog.find("/recorded/mutex-" + path + "-" + placement + ".hlog").ifPresent(log -> {
                List<CellHistograms.Slice> events = log.slices().get("event.enqueue");
                List<CellHistograms.Slice> attaches = log.slices().get("attach");
                IntStream.range(0, events.size())
                    .forEach(i -> cells.add(new Recorded(placement, events.get(i), attaches.get(i))));
            });
        }
    }

    /** One value of each cell. */
    List<Sample.Value> values(Figure figure) {
        return cells.stream()
            .map(cell -> new Sample.Value(
                cell.of(figure.tag()).values().interpolatedNs(figure.quantile()), cell.placement))
            .filter(one -> one.value() > 0).toList();
    }

    /**
     * A strategy with so many repeats, each so many times as slow as it was. What is drawn twice differs by up to a
     * ten-thousandth: repeats of a run are never equal, and ties would take the place of the exact test.
     */
    static Sample draw(List<Sample.Value> values, int repeats, double slower, SplittableRandom random) {
        return new Sample("drawn", IntStream.range(0, repeats).mapToObj(i -> {
            Sample.Value one = values.get(random.nextInt(values.size()));
            return new Sample.Value(one.value() * slower * (1 + TIE_BREAK * random.nextDouble()), one.placement());
        }).toList(), List.of());
    }

    /** The loads of one cell. */
    private record Recorded(String placement, CellHistograms.Slice events, CellHistograms.Slice attaches) {
        CellHistograms.Slice of(String tag) {
            return tag.equals("attach") ? attaches : events;
        }
    }
}
