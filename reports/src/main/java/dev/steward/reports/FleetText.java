package dev.steward.reports;

import dev.steward.reports.fleet.FleetMerge;
import dev.steward.reports.fleet.FleetStatus;
import dev.steward.reports.fleet.MachineClass;
import dev.steward.reports.fleet.NodeEffect;
import dev.steward.reports.table.Layout;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said of a sweep on many machines, as plain text, lines of at most 72 columns but for paths. */
public final class FleetText {
    private static final int PERCENT = 100;

    private final List<String> lines = new ArrayList<>();

    private FleetText() {
    }

    /** {@return a table of the tasks, why some are not done, and how far all are} */
    public static String of(FleetStatus status) {
        FleetText text = new FleetText();
        Map<FleetStatus.State, Integer> states = new LinkedHashMap<>();
        status.tasks().forEach(row -> states.merge(row.state(), 1, Integer::sum));
        text.lines.addAll(TextTable.lines(new Layout<FleetStatus.Row>("task")
            .words("state", "", row -> row.state().word())
            .figure("points", "", row -> row.there() + "/" + row.task().points().size())
            .figure("tries", "", row -> Integer.toString(row.attempts()))
            .words("node", "", row -> row.node().isEmpty() ? Units.NONE : row.node())
            .table("tasks", Wording.counted(status.tasks().size(), "task"), "", alike(status.tasks()))));
        List<String> reasons = status.tasks().stream().filter(row -> !row.why().isEmpty())
            .map(row -> "task " + row.task().number() + ": " + row.why()).toList();
        if (!reasons.isEmpty()) {
            text.lines.add("");
            reasons.forEach(text::say);
        }
        text.lines.add("");
        int planned = status.tasks().stream().mapToInt(row -> row.task().points().size()).sum();
        List<String> words = new ArrayList<>();
        states.forEach((state, number) -> words.add(number + " " + state.word()));
        text.say(String.join(", ", words) + "; " + status.there() + " of " + Wording.counted(planned, "result")
            + " there (" + PERCENT * status.there() / planned + " %).");
        return text.all();
    }

    /** Tasks in a row of which the same is said share a line: there may be thousands. */
    private static List<Layout.Group<FleetStatus.Row>> alike(List<FleetStatus.Row> rows) {
        List<Layout.Row<FleetStatus.Row>> lines = new ArrayList<>();
        int first = 0;
        while (first < rows.size()) {
            FleetStatus.Row row = rows.get(first);
            int last = first;
            while (last + 1 < rows.size() && saidOf(rows.get(last + 1)).equals(saidOf(row))) {
                last++;
            }
            lines.add(new Layout.Row<>(last == first ? Integer.toString(first + 1)
                : (first + 1) + "-" + (last + 1), row));
            first = last + 1;
        }
        return List.of(new Layout.Group<>("", lines));
    }

    private static List<Object> saidOf(FleetStatus.Row row) {
        return List.of(row.state(), row.there(), row.task().points().size(), row.attempts(), row.node(), row.why());
    }

    /** {@return what was merged, by machine class, and how the nodes of each differ} */
    public static String of(FleetMerge.Merged merged) {
        FleetText text = new FleetText();
        if (merged.results() == 0) {
            text.say("Nothing to merge: none of " + Wording.counted(merged.planned(), "result") + " is there.");
            merged.damaged().forEach(problem -> text.say("not whole: " + problem));
            return text.all();
        }
        text.say("Merged " + merged.results() + " of " + Wording.counted(merged.planned(), "result") + ", "
            + (merged.classes().size() > 1 ? merged.classes().size()
                + " machine classes, whose latencies do not compare." : "one machine class."));
        merged.damaged().forEach(problem -> text.say("not whole: " + problem));
        for (MachineClass one : merged.classes()) {
            text.lines.add("");
            text.say(one.machine());
            text.say(Wording.counted(one.nodes().size(), "node") + ": " + String.join(", ", one.nodes()));
            text.lines.add(Wording.counted(one.points().size(), "point") + ": " + one.folder());
            one.results().stream().filter(result -> !result.noise().isEmpty()).map(result ->
                "NOISY: task " + result.task() + " on " + result.node() + ": " + String.join(", ", result.noise()))
                .distinct().forEach(text::say);
            text.effects(one);
        }
        return text.all();
    }

    private void effects(MachineClass one) {
        if (one.nodes().size() < 2) {
            return;
        }
        lines.add("");
        if (one.effects().isEmpty()) {
            say("How its nodes differ is not known: no two of them have measured the same point. Plan with --nodes "
                + "above 1.");
            return;
        }
        Map<String, List<Layout.Row<NodeEffect>>> groups = new LinkedHashMap<>();
        one.effects().forEach(effect -> groups.computeIfAbsent(effect.figure().label() + ", path " + effect.path(),
            any -> new ArrayList<>()).add(new Layout.Row<>(effect.of(), effect)));
        lines.addAll(TextTable.lines(new Layout<NodeEffect>("strategy")
            .figure("within", "", effect -> percent(effect.within()))
            .figure("between", "", effect -> percent(effect.between()))
            .words("nodes differ", "", effect -> Double.isNaN(effect.pValue()) ? Units.NONE
                : effect.shown() ? "yes" : "not shown")
            .note("Medians of the first strategy, and of the others their ratio to it, at points that several nodes "
                + "have measured. within = standard deviation of tasks on one node; between = standard deviation of "
                + "nodes, with what tasks bring about taken off; yes = F test, 5% for all rows together.")
            .table("nodes", "Node effect: " + Wording.counted(one.effects().get(0).tasks(), "task") + " on "
                + Wording.counted(one.effects().get(0).nodes(), "node"), "",
                groups.entrySet().stream().map(group -> new Layout.Group<>(group.getKey(), group.getValue()))
                    .toList())));
        boolean ratios = one.effects().stream().anyMatch(effect -> effect.shown()
            && !effect.of().equals(one.effects().get(0).of()));
        if (ratios) {
            lines.add("");
            say("The nodes differ in a ratio of strategies: a verdict of one node need not hold on another.");
        }
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? Units.NONE : Wording.format("%.1f%%", PERCENT * share);
    }

    private void say(String sentence) {
        lines.addAll(Ascii.wrap(sentence, "", "  ", TextTable.WIDTH));
    }

    private String all() {
        return String.join("\n", lines) + "\n";
    }
}
