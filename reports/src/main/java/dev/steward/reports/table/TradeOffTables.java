package dev.steward.reports.table;

import dev.steward.reports.summary.TradeOff;
import dev.steward.results.Units;
import java.util.List;

/** The figures behind the letters of the trade-off chart. */
final class TradeOffTables {
    private TradeOffTables() {
    }

    /** The chart and its legend; none where fewer than two strategies have both figures. */
    static List<Chapter.Block> of(List<TradeOff> tradeOffs) {
        return tradeOffs.isEmpty() ? List.of() : List.of(new Chapter.Scatter(tradeOffs), new Chapter.Tables(List.of(
            new Layout<Place>("strategy")
                .words("mark", "its letter in the chart", place -> String.valueOf(place.of.mark(place.point)))
                .quantile("attach p99", "99 of 100 attaches were not slower", place -> place.point.attach())
                .quantile("event p99.9", "999 of 1,000 events were not slower", place -> place.point.event())
                .words("front", "no other ranked strategy of the run is as fast in both and faster in one",
                    place -> !place.point.info().ranked() ? Units.NONE : place.of.onFront(place.point) ? "yes" : "no")
                .noted()
                .table("trade-off", "What attaches pay, what events pay",
                    "By the attach. Of all valid long cells together, so the order of close ones is chance: the "
                        + "verdicts say what differs.", tradeOffs.stream()
                        .map(one -> new Layout.Group<>("path " + one.path(), one.points().stream()
                            .map(point -> new Layout.Row<>(point.info().name(), new Place(one, point))).toList()))
                        .toList()))));
    }

    private record Place(TradeOff of, TradeOff.Point point) {
    }
}
