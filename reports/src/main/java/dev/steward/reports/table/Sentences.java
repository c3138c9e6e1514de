package dev.steward.reports.table;

import dev.steward.reports.read.CellLoss;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.verdict.Figure;
import dev.steward.reports.verdict.TurnLoads;
import dev.steward.results.Wording;
import dev.steward.reports.summary.Summary;
import dev.steward.results.ReplaySummary;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnRecord;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a report says in sentences: what was run and how it ended, never which strategy is to be preferred. */
public final class Sentences {
    private static final List<Figure> LATE = List.of(Figure.EVENT_P50, Figure.EVENT_P99, Figure.EVENT_P999,
        Figure.ATTACH_P50, Figure.ATTACH_P99, Figure.ATTACH_P999);

    private Sentences() {
    }

    /** {@return what was run, in one sentence} */
    public static String headline(Summary summary) {
        RunManifest run = summary.run();
        return Wording.counted(run.strategies().size(), "strategy") + " on "
            + Wording.plural(run.paths().size(), "path") + " " + String.join(" and ", run.paths()) + ", scenario "
            + run.scenarioName() + (run.cells().isEmpty() ? ", in turns only, no long cells"
            : ": " + summary.countedCells() + " of " + Wording.counted(run.cells().size(), "cell") + " in the figures"
                + losses(summary)) + ".";
    }

    private static String losses(Summary summary) {
        StringBuilder text = new StringBuilder();
        for (CellLoss kind : CellLoss.values()) {
            if (summary.count(kind) > 0) {
                text.append(", ").append(summary.count(kind)).append(' ').append(kind.word());
            }
        }
        return text.toString();
    }

    /** {@return what to know before the first figure; none of a complete run on a machine with enough cores} */
    public static List<String> warnings(Summary summary) {
        RunManifest run = summary.run();
        List<String> warnings = new ArrayList<>(played(run));
        if (summary.disturbed()) {
            warnings.add("DISTURBED: threads were disturbed on purpose (disturb=" + run.scenario().get("disturb")
                + ") to expose races. Broken promises count, latencies do not.");
        }
        switch (run.status()) {
            case RUNNING -> warnings.add("The run is still at work or was killed: this shows what had finished.");
            case INTERRUPTED -> warnings.add("The run was interrupted: this shows what had finished.");
            case FAILED -> warnings.add("The run failed: this shows what had finished.");
            case COMPLETE -> {
                // Nothing to warn of.
            }
        }
        warnings.addAll(failedLater(run));
        run.environment().stream().filter(fact -> fact.key().equals("noise") && fact.value().startsWith("NOISY"))
            .forEach(fact -> warnings.add("The machine was noisy when the run began (" + fact.value()
                + "): tails show it and not the locks."));
        if ("any".equals(run.scenario().get("churn.within"))) {
            warnings.add("Stress: all guests share one iommufd context (churn.within=any), so that an attach may take "
                + "a device straight from guest to guest. No VMM can do that.");
        }
        run.paths().forEach(path -> TurnLoads.unfit(summary.turns(), path, run.scenario()).forEach((name, reasons) ->
            warnings.add(name + " is compared with nobody on path " + path + ": " + String.join("; ", reasons) + ".")));
        warnings.addAll(leftOut(summary));
        warnings.addAll(late(summary));
        if (run.oversubscribed()) {
            warnings.add("Oversubscribed: a cell had more threads that may run at once than the " + run.cores()
                + " cores. Waiting for a core is part of every latency here.");
        }
        return warnings;
    }

    /** Contestants of which too few turns count for a figure, and what disturbed them. */
    private static List<String> leftOut(Summary summary) {
        List<String> lines = new ArrayList<>();
        for (String path : summary.run().paths()) {
            Map<String, List<TurnRecord>> turns = summary.turns().stream()
                .filter(turn -> turn.round() > 0 && turn.path().equals(path))
                .collect(Collectors.groupingBy(TurnRecord::strategy, TreeMap::new, Collectors.toList()));
            turns.keySet().removeAll(summary.contests().stream().filter(contest -> contest.path().equals(path))
                .flatMap(contest -> contest.contestants().stream()).map(one -> one.info().name()).toList());
            turns.keySet().removeAll(TurnLoads.unfit(summary.turns(), path, summary.run().scenario()).keySet());
            turns.forEach((name, all) -> {
                List<TurnRecord> out = all.stream().filter(turn -> !turn.kept()).toList();
                if (!out.isEmpty()) {
                    lines.add(name + " has no figures on path " + path + ": " + out.size() + " of "
                        + Wording.counted(all.size(), "turn") + " left out (" + TurnTables.marks(out) + ").");
                }
            });
        }
        return lines;
    }

    /** Of contestants that take turns, the reasons of a cell that has finished tell of what came after it. */
    private static List<String> failedLater(RunManifest run) {
        return run.turns() == null ? List.of() : run.cells().stream()
            .filter(cell -> cell.status().finished())
            .flatMap(cell -> cell.reasons().stream().map(
                reason -> cell.strategy() + " could not go on after its long cell: " + reason + "."))
            .distinct().toList();
    }

    /** Which logs a replay played, which part of them, and what they did not hold. */
    private static List<String> played(RunManifest run) {
        ReplaySummary replay = run.replay();
        if (replay == null) {
            return List.of();
        }
        Map<String, String> settings = run.scenario();
        String played = "Replay of " + replay.logs().stream().map(ReplaySummary.Log::name)
            .collect(Collectors.joining(", ")) + ": " + Wording.counted(replay.events(), "event") + " and "
            + Wording.counted(replay.attaches(), "attach operation") + " of "
            + Wording.counted(replay.devices(), "device") + " in " + Units.duration(replay.lengthNs())
            + ". Each cell plays them from the beginning at speed " + settings.getOrDefault("replay.speed", "1")
            + ("yes".equals(settings.get("replay.loop")) ? ", again and again," : "") + " and measures for "
            + settings.getOrDefault("duration", "some time") + warmUp(settings.getOrDefault("warmup", "0")) + ".";
        List<String> lines = new ArrayList<>(List.of(played));
        if (replay.events() == 0) {
            lines.add("The events are synthetic, since the logs have none (storm.rate="
                + settings.getOrDefault("storm.rate", "?") + ").");
        }
        if (replay.attaches() == 0 && !settings.getOrDefault("churn.rate", "").matches("0(/.*)?")) {
            lines.add("The attaches are synthetic, since the logs have none (churn.rate="
                + settings.getOrDefault("churn.rate", "?") + ").");
        }
        return lines;
    }

    private static String warmUp(String length) {
        return length.matches("0\\D*") ? "" : " after a warm-up of " + length;
    }

    /** Of each path the figures that show the machine under a ranked strategy; turns are timed from the real start. */
    private static List<String> late(Summary summary) {
        if (summary.run().turns() != null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            String figures = LATE.stream().filter(figure -> path.ranked().stream().anyMatch(one ->
                one.quantile(figure.tag(), figure.quantile()).support() == Quantile.Support.MACHINE))
                .map(Figure::label).collect(Collectors.joining(", "));
            if (!figures.isEmpty()) {
                lines.add("The machine's, and not compared, on path " + path.path() + ": " + figures + ". Half of it "
                    + "or more is the lateness of the load generator, which waited for a core or woke up late.");
            }
        }
        return lines;
    }

    /** {@return the first three facts of the environment, the cores, seed and commit} */
    public static String environmentLine(Summary summary) {
        RunManifest run = summary.run();
        return run.environment().stream().limit(3).map(RunManifest.EnvironmentEntry::value)
            .collect(Collectors.joining("; ", "", run.environment().isEmpty() ? "" : "; "))
            + Wording.counted(run.cores(), "core") + "; seed " + run.seed() + "; commit " + run.commit();
    }

    /** What measuring costs, as found at the start of the run. */
    static String calibration(Summary summary) {
        RunManifest.Calibration cost = summary.run().calibration();
        return "Measuring costs (median, found at the start): clock read " + Units.duration(cost.clockNs())
            + ", histogram record " + Units.duration(cost.recordNs()) + ", oracles of one event "
            + Units.duration(cost.oracleNs()) + ", clock reads of a sampled event " + Units.duration(cost.stageNs())
            + (cost.nativePairNs() == null ? ""
                : ", two calls of the C library that do nothing " + Units.duration(cost.nativePairNs())) + ".";
    }

    /** The part of their floor that strategies have for being called from Java; none if no strategy has it. */
    static List<String> nativeCalls(Summary summary) {
        Double pairNs = summary.run().calibration().nativePairNs();
        String names = summary.run().strategies().stream()
            .filter(strategy -> Boolean.TRUE.equals(strategy.nativeCalls())).map(RunManifest.StrategyInfo::name)
            .collect(Collectors.joining(", "));
        return pairNs == null || names.isEmpty() ? List.of() : List.of("Locks of the C library, called from Java: "
            + names + ". A lock and its unlock are two calls; two that do nothing take " + Units.duration(pairNs)
            + " here, which a program in C does not pay: a floor of their own.");
    }

    /** What one long cell of each strategy is good for; none for a run without turns or without cells. */
    static List<String> longCells(Summary summary) {
        if (summary.run().turns() == null || summary.run().cells().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("Besides its turns each strategy ran one long cell on each path, "
            + "for what turns are too short to show: tails, starvation, stages, guests. One cell cannot tell a "
            + "strategy from chance, so nothing here is a verdict."));
        if (summary.run().oversubscribed()) {
            lines.add("With fewer cores than threads the tails are the machine's: a thread that waits for a core is in "
                + "every p99.");
        }
        return lines;
    }

    /** How each thread waits, each once. */
    static List<String> waiting(Summary summary) {
        return summary.finished().stream().flatMap(cell -> cell.waiting().stream())
            .map(waiting -> waiting.thread() + ": " + waiting.manner()).distinct().toList();
    }

    /** The facts of environment, run and events in printing order. */
    static List<RunManifest.EnvironmentEntry> facts(Summary summary) {
        RunManifest run = summary.run();
        List<RunManifest.EnvironmentEntry> facts = new ArrayList<>(run.environment());
        facts.add(new RunManifest.EnvironmentEntry("cores", Integer.toString(run.cores())));
        facts.add(new RunManifest.EnvironmentEntry("steward", run.stewardVersion() + ", commit " + run.commit()));
        facts.add(new RunManifest.EnvironmentEntry("events",
            run.events().source() + ", " + run.events().records() + " records"));
        if (run.replay() != null) {
            run.replay().used().forEach(used -> facts.add(new RunManifest.EnvironmentEntry("played",
                used.kind() + ": events " + used.events() + ", attach operations " + used.attaches())));
            run.replay().skipped().forEach(skipped -> facts.add(new RunManifest.EnvironmentEntry("not played",
                skipped.kind() + ": " + skipped.count() + ", " + skipped.reason())));
        }
        facts.add(new RunManifest.EnvironmentEntry("seed", Long.toString(run.seed())));
        facts.add(new RunManifest.EnvironmentEntry("created", run.createdAt()));
        facts.add(new RunManifest.EnvironmentEntry("finished",
            run.finishedAt() == null ? "not finished" : run.finishedAt()));
        return facts;
    }
}
