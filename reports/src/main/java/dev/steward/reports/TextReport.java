package dev.steward.reports;

import dev.steward.reports.read.CellLoss;
import dev.steward.results.Wording;
import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Marks;
import dev.steward.reports.table.Outline;
import dev.steward.reports.table.Sentences;
import dev.steward.reports.table.Table;
import dev.steward.results.RunManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report as plain text for a mail: printable ASCII in at most 72 columns, so that it survives being quoted. */
final class TextReport {
    private static final int WIDTH = TextTable.WIDTH;

    private final List<String> lines = new ArrayList<>();

    private TextReport() {
    }

    static String of(Summary summary) {
        return of(RunSet.of(summary));
    }

    /** Prints runs: side by side first, then each by itself. */
    static String of(RunSet runs) {
        TextReport text = new TextReport();
        List<Chapter> before = Outline.before(runs);
        if (!before.isEmpty()) {
            text.lines.add("Steward report: " + Wording.counted(runs.runs().size(), "run"));
            text.lines.add("=".repeat(WIDTH));
            text.legend(Chapter.blocksOf(before));
            before.forEach(text::chapter);
        }
        runs.unreadable().forEach(line -> text.wrap("Excluded: " + line, "! ", "  "));
        for (Run run : runs.runs()) {
            if (!text.lines.isEmpty()) {
                text.lines.addAll(List.of("", "", ""));
            }
            List<Chapter> chapters = Outline.of(run.summary());
            text.head(run.summary(), runs.single() ? run.summary().run().name()
                : String.join(" + ", run.folders()) + ", host " + run.host(), chapters);
            chapters.forEach(text::chapter);
        }
        List<Chapter> after = Outline.after(runs);
        text.legend(Chapter.blocksOf(after));
        after.forEach(text::chapter);
        return String.join("\n", text.lines) + "\n";
    }

    /** Prints where along a setting the order of two strategies changes. */
    static String crossings(RunSet runs) {
        TextReport text = new TextReport();
        text.blocks(Outline.crossings(runs));
        return String.join("", text.lines.stream().map(line -> line + "\n").toList());
    }

    /** Prints what matters most of a run. */
    static String brief(Summary summary) {
        TextReport text = new TextReport();
        text.blocks(Outline.openingInShort(summary));
        text.lines.add("");
        text.wrap(Sentences.headline(summary), "", "");
        Sentences.warnings(summary).forEach(warning -> text.wrap(warning, "! ", "  "));
        for (Chapter.Block block : Outline.brief(summary)) {
            if (block instanceof Chapter.Problems problems) {
                problems.problems().stream().filter(problem -> problem.kind() != CellLoss.NOT_RUN)
                    .forEach(problem -> text.wrap(problem.kind().word() + "  " + problem.cellId() + ": "
                        + String.join("; ", problem.reasons()), "", "  "));
            } else {
                text.lines.add("");
                text.block(block);
            }
        }
        Marks.of(Stream.concat(Outline.openingInShort(summary).stream(), Outline.brief(summary).stream()).toList())
            .ifPresent(marks -> text.wrap(marks, "", ""));
        return String.join("\n", text.lines) + "\n";
    }

    private void head(Summary summary, String name, List<Chapter> chapters) {
        wrap("Steward report: " + name, "", "");
        lines.add("=".repeat(WIDTH));
        blocks(Outline.opening(summary));
        lines.add("");
        paragraph(Sentences.headline(summary));
        if (!summary.run().scenarioDescription().isBlank()) {
            paragraph(summary.run().scenarioDescription());
        }
        Sentences.warnings(summary).forEach(warning -> wrap(warning, "! ", "  "));
        paragraph(Sentences.environmentLine(summary));
        legend(Stream.concat(Outline.opening(summary).stream(), Chapter.blocksOf(chapters)));
    }

    private void legend(Stream<Chapter.Block> of) {
        Marks.of(of.toList()).ifPresent(marks -> {
            lines.add("");
            paragraph(marks);
        });
    }

    private void chapter(Chapter chapter) {
        if (chapter.blocks().stream().allMatch(Chapter.PageOnly.class::isInstance)) {
            return;
        }
        lines.addAll(List.of("", "", chapter.title().toUpperCase(Locale.ROOT), "-".repeat(chapter.title().length())));
        blocks(chapter.blocks());
    }

    private void blocks(List<Chapter.Block> blocks) {
        int printed = lines.size();
        for (Chapter.Block block : blocks) {
            if (lines.size() > printed) {
                lines.add("");
            }
            block(block);
        }
    }

    private void block(Chapter.Block block) {
        if (block instanceof Chapter.Statements statements) {
            statements.sentences().forEach(this::paragraph);
        } else if (block instanceof Chapter.Picture picture) {
            lines.addAll(ForestText.lines(picture, WIDTH));
        } else if (block instanceof Chapter.Scatter scatter) {
            lines.addAll(TradeOffText.lines(scatter.tradeOffs()));
        } else if (block instanceof Chapter.Tables tables) {
            tables(tables.tables());
        } else if (block instanceof Chapter.Problems problems) {
            problems(problems.problems());
        } else if (block instanceof Chapter.Strategies strategies) {
            strategies.strategies().forEach(this::strategy);
        } else if (block instanceof Chapter.Facts facts) {
            facts(facts);
        } else if (block instanceof Chapter.Settings settings) {
            wrap("Scenario " + settings.scenario() + ":", "", "  ");
            settings.settings().forEach((key, value) -> wrap(key + " = " + value, "  ", "      "));
        } else if (block instanceof Chapter.Points points) {
            points.points().forEach(point -> wrap(point, "- ", "  "));
        } else if (block instanceof Chapter.Command command) {
            lines.addAll(Ascii.wrapCommand(command.command(), "  ", WIDTH));
        }
    }

    private void tables(List<Table> tables) {
        for (int i = 0; i < tables.size(); i++) {
            if (i > 0) {
                lines.add("");
            }
            lines.addAll(TextTable.lines(tables.get(i)));
        }
    }

    private void problems(List<Problem> problems) {
        if (problems.isEmpty()) {
            paragraph("None: every planned cell is valid.");
        }
        for (Problem problem : problems) {
            if (problem.kind() != CellLoss.NOT_RUN) {
                wrap(problem.kind().word() + "  " + problem.cellId(), "", "  ");
                (problem.reasons().isEmpty() ? List.of("no reason given") : problem.reasons())
                    .forEach(reason -> wrap(reason, "  - ", "    "));
            }
        }
        String notRun = problems.stream().filter(problem -> problem.kind() == CellLoss.NOT_RUN)
            .map(Problem::cellId).collect(Collectors.joining(", "));
        if (!notRun.isEmpty()) {
            wrap("not run  " + notRun, "", "  ");
        }
    }

    private void strategy(RunManifest.StrategyInfo strategy) {
        paragraph(strategy.name() + ": " + strategy.title() + (strategy.ranked() ? "" : " (not ranked)"));
        item("kernel", strategy.kernelPrimitive());
        item("context", strategy.context());
        item("reader writes", strategy.readerWrites());
        item("not modelled", strategy.notModelled());
    }

    private void item(String key, String value) {
        if (!value.isBlank()) {
            wrap(value, Wording.format("  %-14s ", key), " ".repeat(17));
        }
    }

    private void facts(Chapter.Facts facts) {
        int width = Math.min(20,
            facts.facts().stream().mapToInt(fact -> Ascii.clean(fact.key()).length()).max().orElse(0));
        for (RunManifest.EnvironmentEntry fact : facts.facts()) {
            String key = Ascii.clean(fact.key());
            wrap(fact.value(), (key + " ".repeat(width)).substring(0, width) + "  ", " ".repeat(width + 2));
        }
        lines.add("");
        paragraph(facts.about());
    }

    private void paragraph(String text) {
        wrap(text, "", "  ");
    }

    private void wrap(String text, String first, String indent) {
        lines.addAll(Ascii.wrap(text, first, indent, WIDTH));
    }
}
