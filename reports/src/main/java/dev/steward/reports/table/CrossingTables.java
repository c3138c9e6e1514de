package dev.steward.reports.table;

import dev.steward.reports.summary.Crossings;
import dev.steward.reports.summary.SettingAxis;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Where along a setting the order of two strategies changes. */
final class CrossingTables {
    private CrossingTables() {
    }

    /** What was found in a sentence for each figure and setting, and each change; nothing without turns along one. */
    static List<Chapter.Block> of(List<Crossings> all) {
        List<Chapter.Block> blocks = new ArrayList<>();
        if (!all.isEmpty()) {
            blocks.add(new Chapter.Statements(sentences(all)));
        }
        List<Crossings> found = all.stream().filter(one -> !one.crossings().isEmpty()).toList();
        if (!found.isEmpty()) {
            blocks.add(new Chapter.Tables(List.of(table(found))));
        }
        return blocks;
    }

    private static List<String> sentences(List<Crossings> all) {
        Map<String, List<Crossings>> alike = new LinkedHashMap<>();
        all.forEach(one -> alike.computeIfAbsent(one.figure().label() + ", path " + one.path() + ", along "
            + one.axis().key(), any -> new ArrayList<>()).add(one));
        List<String> sentences = new ArrayList<>();
        alike.forEach((what, some) -> {
            List<String> parts = new ArrayList<>();
            add(parts, some, one -> one.crossings().size(), "cross once");
            add(parts, some, Crossings::returning, "cross more than once");
            add(parts, some, Crossings::kept, "never cross");
            add(parts, some, Crossings::open, "undecided");
            sentences.add(what + ", pairs of strategies" + (some.size() == 1 ? ""
                : " under " + some.size() + " other settings") + ": " + String.join(", ", parts) + ".");
        });
        return sentences;
    }

    private static void add(
        List<String> parts, List<Crossings> some, ToIntFunction<Crossings> count, String what) {
        int pairs = sum(some, count);
        if (pairs > 0) {
            parts.add(pairs + " " + (pairs > 1 ? what : what.replaceFirst("cross\\b", "crosses")));
        }
    }

    private static int sum(List<Crossings> some, ToIntFunction<Crossings> count) {
        return some.stream().mapToInt(count).sum();
    }

    private static Table table(List<Crossings> found) {
        return new Layout<Place>("faster below")
            .words("faster beyond", "the strategy that is faster from the second value on",
                place -> place.crossing.beyond())
            .figure("about", "where the ratio of the medians is 1, by interpolation: a hint, since a median may jump",
                place -> place.value(place.crossing.about()))
            .noted()
            .figure("interval", "the last value that is certainly below it, and the first that is certainly beyond",
                place -> place.value(place.crossing.from()) + "-" + place.value(place.crossing.to()))
            .noted()
            .figure("at the ends", "median of the second over that of the first, at the smallest and the largest value",
                place -> Units.number(place.crossing.atFirst()) + ", " + Units.number(place.crossing.atLast()))
            .noted()
            .table("crossings", "Where the order of two strategies changes",
                "By turns, at 95 % for all pairs of a figure on a path together. Points are tested from either end "
                    + "until one is undecided, so a change lies between two points that were measured.",
                found.stream().map(one -> new Layout.Group<>(head(one), one.crossings().stream()
                    .map(crossing -> new Layout.Row<>(crossing.below(), new Place(one.axis(), crossing))).toList()))
                    .toList());
    }

    private static String head(Crossings one) {
        SettingAxis axis = one.axis();
        List<SettingAxis.Point> points = axis.points();
        return one.figure().label() + ", path " + one.path() + ", along " + axis.key() + " (" + points.size()
            + " points, " + points.get(0).at().text() + " to " + points.get(points.size() - 1).at().text() + ")"
            + (axis.others().isEmpty() ? "" : ", " + axis.others());
    }

    private record Place(SettingAxis axis, Crossings.Crossing crossing) {
        /** As the scenario has it where it was measured. */
        String value(double at) {
            return axis.points().stream().map(SettingAxis.Point::at)
                .filter(value -> value.number().doubleValue() == at).findFirst()
                .map(value -> value.text())
                .orElseGet(() -> Double.isNaN(at) ? Units.NONE : axis.points().get(0).at().unit().isEmpty()
                    ? Units.number(at) : Units.axis(at, axis.points().get(0).at().unit()));
        }
    }
}
