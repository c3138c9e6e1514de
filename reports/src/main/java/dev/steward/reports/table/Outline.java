package dev.steward.reports.table;

import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.results.RunManifest;
import java.util.ArrayList;
import java.util.List;

/** The order of a report, once: text, page and Markdown walk the same chapters. */
public final class Outline {
    private Outline() {
    }

    /** Everything about one run that has contents: answers, the figures they rest on, how it was measured. */
    public static List<Chapter> of(Summary summary) {
        RunManifest run = summary.run();
        List<Chapter> chapters = new ArrayList<>();
        List<Chapter.Block> verdict = new ArrayList<>(List.of(new Chapter.Statements(verdict(summary))));
        Chapter.Tables verdicts = tables(List.of(VerdictTables.of(summary), CellTables.unsteady(summary)));
        if (!verdicts.tables().isEmpty()) {
            verdict.add(verdicts);
        }
        chapters.add(new Chapter("verdict", "Verdict", "Verdict", verdict));
        add(chapters, "results", "Results", "Results", List.of(LatencyTables.main(summary), LatencyTables.more(summary),
            GuestTables.of(summary)));
        add(chapters, "kernel", "In the manner of the kernel's tests", "", List.of(KernelTables.of(summary)));
        add(chapters, "stages", "Stages of an event", "", List.of(StageTables.of(summary)));
        add(chapters, "slowest", "The slowest, and fairness", "", List.of(OutlierTables.of(summary),
            FairnessTables.of(summary)));
        chapters.add(new Chapter("charts", "Charts", "Charts", List.of(Chapter.PageOnly.CHARTS)));
        chapters.add(new Chapter("correctness", "Oracles and ledger", "Oracles", List.of(
            new Chapter.Statements(CorrectnessTables.statements(summary)),
            tables(List.of(CorrectnessTables.of(summary), DeliveryTables.of(summary),
                LatencyTables.stalls(summary))))));
        chapters.add(new Chapter("problems", "Cells that are not among the figures", "INVALID cells",
            List.of(new Chapter.Problems(summary.problems()))));
        add(chapters, "partial-logs", "Damaged logs", "", List.of(CellTables.damaged(summary)));
        add(chapters, "costs", "Footprint and counters", "", List.of(CostTables.of(summary)));
        chapters.add(new Chapter("measuring", "The measuring itself", "", List.of(
            new Chapter.Tables(List.of(CostTables.quality(summary))),
            new Chapter.Statements(Sentences.waiting(summary)))));
        add(chapters, "details", "Details of the latencies", "", List.of(LatencyTables.details(summary)));
        chapters.add(new Chapter("strategies", "Strategies", "", List.of(new Chapter.Strategies(run.strategies()))));
        chapters.add(new Chapter("environment", "Environment", "Environment", List.of(
            new Chapter.Facts(Sentences.calibration(summary), Sentences.facts(summary)),
            new Chapter.Settings(run.scenarioName(), run.scenario()))));
        chapters.add(new Chapter("limits", "What this run cannot show", "Limits",
            List.of(new Chapter.Points(run.limits()))));
        chapters.add(new Chapter("raw", "Raw data", "Raw data", List.of(Chapter.PageOnly.RAW_FILES)));
        chapters.add(new Chapter("rerun", "Run it again", "Run it again", List.of(new Chapter.Command(run.command()))));
        return chapters;
    }

    /** {@return the main tables, what oracles and verdicts come to, and the cells that are missing} */
    public static List<Chapter.Block> brief(Summary summary) {
        List<String> statements = new ArrayList<>(CorrectnessTables.statements(summary));
        statements.addAll(VerdictTables.statements(summary));
        return List.of(new Chapter.Tables(LatencyTables.main(summary)), new Chapter.Statements(statements),
            new Chapter.Problems(summary.problems()));
    }

    /** {@return runs side by side, before the runs; none for a single run out of a single folder} */
    public static List<Chapter> before(RunSet runs) {
        List<Chapter> chapters = new ArrayList<>();
        add(chapters, "runs", "Runs side by side", "Runs side by side", List.of(RunTables.of(runs)));
        return chapters;
    }

    /** {@return results of other tools and throughput over numbers of threads, after the runs; none without any} */
    public static List<Chapter> after(RunSet runs) {
        List<Chapter> chapters = new ArrayList<>();
        add(chapters, "others", "Other tools, other machines", "", List.of(ForeignTables.of(runs.others())));
        add(chapters, "scaling", "Numbers of threads", "", List.of(ScalingTables.of(runs)));
        return chapters;
    }

    private static List<String> verdict(Summary summary) {
        List<String> statements = new ArrayList<>(VerdictTables.statements(summary));
        if (statements.isEmpty()) {
            statements.add("None: there are no two strategies with figures on one path.");
        }
        statements.addAll(LatencyTables.missingIntervals(summary));
        return statements;
    }

    private static void add(List<Chapter> chapters, String id, String title, String label, List<List<Table>> tables) {
        Chapter.Tables all = tables(tables);
        if (!all.tables().isEmpty()) {
            chapters.add(new Chapter(id, title, label, List.of(all)));
        }
    }

    private static Chapter.Tables tables(List<List<Table>> tables) {
        return new Chapter.Tables(tables.stream().flatMap(List::stream).toList());
    }
}
