package dev.steward.reports.table;

import dev.steward.reports.summary.Crossings;
import dev.steward.reports.summary.Forest;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.summary.TradeOff;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The order of a report, once: text, page and Markdown walk the same chapters. */
public final class Outline {
    private Outline() {
    }

    /** {@return the first lines of a report: one sentence or two in each, at least one} */
    public static List<String> answer(Summary summary) {
        List<String> lines = new ArrayList<>(Answer.of(summary));
        summary.transfer().flatMap(transfer -> transfer.jvmOnlySentence(summary.ranked())).ifPresent(lines::add);
        return lines;
    }

    /** What a report opens with, before warnings and everything else: the answer, its picture, its figures. */
    public static List<Chapter.Block> opening(Summary summary) {
        List<Chapter.Block> blocks = new ArrayList<>(List.of(new Chapter.Statements(answer(summary))));
        List<Forest> panels = Forest.of(summary.contests());
        if (!panels.isEmpty()) {
            blocks.add(new Chapter.Picture("Difference to the simplest strategy with its "
                + Units.share(summary.medians().pairLevel()) + " interval; faster is to the left.", panels));
        }
        List<Table> medians = ContestTables.medians(summary);
        if (!medians.isEmpty()) {
            blocks.add(new Chapter.Tables(medians));
        }
        List<String> nativeCalls = Sentences.nativeCalls(summary);
        if (!nativeCalls.isEmpty()) {
            blocks.add(new Chapter.Statements(nativeCalls));
        }
        return blocks;
    }

    /** The same for a terminal: of the picture the events alone. */
    public static List<Chapter.Block> openingInShort(Summary summary) {
        return opening(summary).stream().map(block -> block instanceof Chapter.Picture picture
            ? new Chapter.Picture(picture.about(), picture.panels().stream()
                .filter(panel -> panel.figure() == TurnFigure.EVENT).toList()) : block)
            .filter(block -> !(block instanceof Chapter.Picture picture && picture.panels().isEmpty())).toList();
    }

    /** Everything about one run that has contents, after its opening: the figures it rests on, how it was measured. */
    public static List<Chapter> of(Summary summary) {
        RunManifest run = summary.run();
        List<Chapter> chapters = new ArrayList<>();
        boolean turns = run.turns() != null;
        List<Chapter.Block> results = filled(new Chapter.Statements(Sentences.longCells(summary)),
            tables(List.of(LatencyTables.main(summary), LatencyTables.more(summary), GuestTables.of(summary))));
        if (!results.isEmpty()) {
            chapters.add(new Chapter("results", turns ? "Tails: one long cell of each, no verdict" : "Results",
                turns ? "Tails" : "Results", results));
        }
        List<Chapter.Block> tradeOff = TradeOffTables.of(TradeOff.of(summary));
        if (!tradeOff.isEmpty()) {
            chapters.add(new Chapter("trade-off", "Attaches against events", "Attaches against events", tradeOff));
        }
        add(chapters, "kernel", "In the manner of the kernel's tests", "", List.of(KernelTables.of(summary)));
        add(chapters, "stages", "Stages of an event", "", List.of(StageTables.of(summary)));
        add(chapters, "slowest", "The slowest, and fairness", "", List.of(OutlierTables.of(summary),
            FairnessTables.of(summary), ThreadRateTables.of(summary)));
        if (!run.cells().isEmpty()) {
            chapters.add(new Chapter("charts", "Charts", "Charts", List.of(Chapter.PageOnly.CHARTS)));
        }
        chapters.add(new Chapter("correctness", "Oracles and ledger", "Oracles", filled(
            new Chapter.Statements(CorrectnessTables.statements(summary)),
            tables(List.of(CorrectnessTables.of(summary), DeliveryTables.of(summary),
                AttachAgeTables.of(summary), LatencyTables.stalls(summary))))));
        if (!run.cells().isEmpty()) {
            chapters.add(new Chapter("problems", "Cells that are not among the figures", "INVALID cells",
                List.of(new Chapter.Problems(summary.problems()))));
        }
        add(chapters, "partial-logs", "Damaged logs", "", List.of(CellTables.damaged(summary)));
        add(chapters, "costs", "Footprint and counters", "", List.of(
            CostTables.of(summary), ContentionTables.of(summary)));
        chapters.add(new Chapter("measuring", "How it was measured", "", filled(
            new Chapter.Statements(TurnTables.statements(summary)),
            new Chapter.Statements(CellTables.untold(summary)), new Chapter.Statements(CellTables.jvms(summary)),
            tables(List.of(TurnTables.placement(summary), ThreadTables.of(summary),
                List.of(CostTables.quality(summary)), CellTables.arrivals(summary))),
            new Chapter.Statements(Sentences.waiting(summary)))));
        verdicts(chapters, summary);
        add(chapters, "details", "Details of the latencies", "", List.of(LatencyTables.details(summary)));
        chapters.add(new Chapter("strategies", "Strategies", "", List.of(new Chapter.Strategies(run.strategies()))));
        chapters.add(new Chapter("environment", "Environment", "Environment", List.of(
            new Chapter.Facts(Sentences.calibration(summary), Sentences.facts(summary)),
            new Chapter.Settings(run.scenarioName(), run.scenario()))));
        chapters.add(new Chapter("limits", "What this run cannot show", "Limits",
            List.of(new Chapter.Points(run.limits()))));
        chapters.add(new Chapter("raw", "Raw data", "Raw data", List.of(Chapter.PageOnly.RAW_FILES)));
        chapters.add(new Chapter("rerun", "Run it again", "Run it again", List.of(new Chapter.Command(run.command()))));
        chapters.replaceAll(chapter -> new Chapter(chapter.id(), chapter.title(), chapter.label(),
            chapter.blocks().stream().flatMap(Outline::folded).toList()));
        return chapters;
    }

    /** A table whose rows all say the same is a line, after the others of its block. */
    private static Stream<Chapter.Block> folded(Chapter.Block block) {
        if (!(block instanceof Chapter.Tables tables)) {
            return Stream.of(block);
        }
        return filled(
            new Chapter.Tables(tables.tables().stream().filter(table -> table.inOneLine().isEmpty()).toList()),
            new Chapter.Statements(tables.tables().stream().flatMap(table -> table.inOneLine().stream()).toList()))
            .stream();
    }

    /** {@return after the opening: the main tables unless there were turns, and the cells that are missing} */
    public static List<Chapter.Block> brief(Summary summary) {
        return filled(new Chapter.Tables(summary.run().turns() == null ? LatencyTables.main(summary) : List.of()),
            new Chapter.Statements(CorrectnessTables.unequal(summary)), new Chapter.Problems(summary.problems()));
    }

    /** {@return where orders change, and runs side by side, before the runs; none for a single run of one folder} */
    public static List<Chapter> before(RunSet runs) {
        List<Chapter> chapters = new ArrayList<>();
        List<Chapter.Block> crossings = crossings(runs);
        if (!crossings.isEmpty()) {
            chapters.add(new Chapter("crossings", "Where the order changes", "Where the order changes", crossings));
        }
        add(chapters, "runs", "Runs side by side", "Runs side by side", List.of(RunTables.of(runs)));
        return chapters;
    }

    /** {@return where along a setting the order of two strategies changes; none without turns along one} */
    public static List<Chapter.Block> crossings(RunSet runs) {
        return CrossingTables.of(Crossings.of(runs));
    }

    /** {@return results of other tools and throughput over numbers of threads, after the runs; none without any} */
    public static List<Chapter> after(RunSet runs) {
        List<Chapter> chapters = new ArrayList<>();
        add(chapters, "others", "Other tools, other machines", "Other tools", List.of(ForeignTables.of(runs.others())));
        for (int i = 0; i < runs.transfers().size(); i++) {
            chapters.add(new Chapter("transfer" + (i == 0 ? "" : i + 1), "The same locks in C", "The same locks in C",
                List.of(new Chapter.Statements(TransferTables.sentences(runs.transfers().get(i))),
                    new Chapter.Tables(TransferTables.of(runs.transfers().get(i))))));
        }
        Chapter.Tables scaling = tables(List.of(ScalingTables.of(runs), ThreadRateTables.of(runs)));
        if (!scaling.tables().isEmpty()) {
            chapters.add(new Chapter("scaling", "Numbers of threads", "Numbers of threads",
                List.of(Chapter.PageOnly.CHARTS, scaling)));
        }
        return chapters;
    }

    private static void verdicts(List<Chapter> chapters, Summary summary) {
        List<Chapter.Block> blocks = filled(new Chapter.Statements(LatencyTables.missingIntervals(summary)),
            tables(List.of(ContestTables.pairs(summary), VerdictTables.of(summary), CellTables.unsteady(summary))));
        if (!blocks.isEmpty()) {
            chapters.add(new Chapter("verdict", "Every pair", "Every pair", blocks));
        }
    }

    private static void add(List<Chapter> chapters, String id, String title, String label, List<List<Table>> tables) {
        Chapter.Tables all = tables(tables);
        if (!all.tables().isEmpty()) {
            chapters.add(new Chapter(id, title, label, List.of(all)));
        }
    }

    /** Those that say anything. */
    private static List<Chapter.Block> filled(Chapter.Block... blocks) {
        return Arrays.stream(blocks).filter(block -> !block.equals(new Chapter.Statements(List.of()))
            && !block.equals(new Chapter.Tables(List.of()))).toList();
    }

    /** Those that have a row: a run in turns only has no cells to tell of. */
    private static Chapter.Tables tables(List<List<Table>> tables) {
        return new Chapter.Tables(tables.stream().flatMap(List::stream)
            .filter(table -> table.groups().stream().anyMatch(group -> !group.rows().isEmpty())).toList());
    }
}
