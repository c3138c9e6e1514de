package dev.steward.reports.table;

import dev.steward.reports.summary.Summary;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a run took turns: how many, how long, which were left out and why, and what was bound where. */
final class TurnTables {
    private static final double MS_OF_A_MINUTE = 60_000;

    private TurnTables() {
    }

    /** None for a run without turns. */
    static List<String> statements(Summary summary) {
        TurnPlan plan = summary.run().turns();
        if (plan == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Turns: " + Wording.counted(plan.generations(), "generation") + " of JVMs, one JVM for each "
            + "strategy. In each of them, on each path, at least " + Wording.counted(plan.runIn(), "turn")
            + " of run-in, then " + Wording.counted(plan.rounds(), "round")
            + " in which each strategy has one turn of " + plan.windowMs() + " ms under the same arrivals.");
        lines.add(Wording.format("Budget %.1f minutes, spent %.1f; ended at planned check %d of %d.",
            plan.budgetMs() / MS_OF_A_MINUTE, plan.spentMs() / MS_OF_A_MINUTE, plan.look(), plan.looks()));
        lines.add("Wanted precision: " + plan.precision().entrySet().stream()
            .filter(of -> summary.run().paths().stream().anyMatch(path -> of.getKey().endsWith("." + path)))
            .map(of -> of.getKey().replace(".", " on path ") + " " + Amounts.share(of.getValue()))
            .collect(Collectors.joining(", ")) + ".");
        lines.add(leftOut(summary.turns()));
        settled(summary.turns()).ifPresent(lines::add);
        return lines;
    }

    /** Whether compiled code had settled, as far as the JVMs kept logs. */
    private static Optional<String> settled(List<TurnRecord> turns) {
        List<TurnRecord> known = turns.stream().filter(turn -> turn.round() > 0 && turn.compiled() != null).toList();
        long late = known.stream().filter(turn -> turn.compiled() > 0).count();
        return known.isEmpty() ? Optional.empty() : Optional.of("Compilation: by the logs of the JVMs, in "
            + (known.size() - late) + " of " + Wording.counted(known.size(), "turn") + " no method of the suite or its "
            + "libraries was optimized any more.");
    }

    private static String leftOut(List<TurnRecord> turns) {
        List<TurnRecord> counted = turns.stream().filter(turn -> turn.round() > 0).toList();
        long out = counted.stream().filter(turn -> !turn.kept()).count();
        String why = marks(counted);
        return "Left out by rules fixed beforehand: " + out + " of " + Wording.counted(counted.size(), "turn")
            + "." + (why.isEmpty() ? "" : " Seen in turns: " + why + ".");
    }

    /** What disturbed some turns, with how many of them; empty if nothing did. */
    static String marks(List<TurnRecord> turns) {
        return turns.stream().flatMap(turn -> turn.marks().stream())
            .collect(Collectors.groupingBy(TurnTables::words, TreeMap::new, Collectors.counting()))
            .entrySet().stream().map(mark -> mark.getValue() + " x " + mark.getKey()).collect(Collectors.joining(", "));
    }

    /** Marks of a newer version are shown as they are. */
    private static String words(String mark) {
        return switch (mark) {
            case "steal" -> "the host took the CPU";
            case "parked" -> "a parked JVM used the CPU";
            case "collection" -> "the heap was collected";
            case "hiccup" -> "a sleep overran by 10 ms or more";
            default -> mark;
        };
    }

    /** None for a run without turns. */
    static List<Table> placement(Summary summary) {
        TurnPlan plan = summary.run().turns();
        return plan == null || plan.placement().isEmpty() ? List.of()
            : List.of(new Layout<TurnPlan.Placed>("threads").words("CPUs", "", TurnPlan.Placed::cpus)
                .table("bound", "What was bound to which CPUs",
                    "Compiler and collector threads are bound only if a row says so (jvm); the main thread is not.",
                    plan.placement(), TurnPlan.Placed::thread));
    }
}
