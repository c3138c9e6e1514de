package dev.steward.reports;

import dev.steward.reports.guide.Advice;
import dev.steward.reports.guide.Estimate;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Option;
import dev.steward.reports.guide.Regret;
import dev.steward.reports.statistics.Median;
import dev.steward.results.Wording;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.results.Units;
import dev.steward.results.GridData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers of the guide as plain text, lines of at most 72 columns. */
public final class GuideText {
    private static final int WIDTH = TextTable.WIDTH;
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();
    private final GridData grid;

    private GuideText(GridData grid) {
        this.grid = grid;
    }

    /** {@return an answer from a grid that was read from the source} */
    public static String of(GridData grid, String source, Advice advice) {
        GuideText text = new GuideText(grid);
        if (advice.options().isEmpty()) {
            text.say("No strategy obeys the rules and keeps the bounds here.");
        } else {
            text.answer(advice);
        }
        text.excluded(advice);
        text.rests(source, advice);
        return String.join("\n", text.lines) + "\n";
    }

    private void answer(Advice advice) {
        Option first = advice.options().get(0);
        say("Use " + first.strategy().name() + ". " + first.strategy().title());
        say("In a kernel: " + first.strategy().kernelPrimitive() + "; " + first.strategy().context() + ".");
        rules(first.strategy());
        if (advice.options().size() > 1) {
            say("Runner-up: " + advice.options().get(1).strategy().name() + ", "
                + more(advice.options().get(1), first) + ".");
        }
        List<String> same = advice.options().stream().skip(1)
            .filter(option -> option.workNs().value() / first.workNs().value() - 1 <= Guide.SAME)
            .map(option -> option.strategy().name()).toList();
        if (!same.isEmpty() && same.size() == advice.options().size() - 1) {
            say("All others are within 5 %: for this load the choice hardly matters, so choose by what else you know.");
        } else if (!same.isEmpty()) {
            say("Within 5 %, so choose among them by what else you know: " + String.join(", ", same) + ".");
        }
        lines.add("");
        lines.addAll(TextTable.lines(expected(advice)));
        lines.add("");
        lines.addAll(TextTable.lines(spans(advice)));
        lines.add("");
        crossovers(advice);
    }

    private void rules(GridData.StrategyData strategy) {
        say("Its report " + (strategy.reportMaySleep() ? "may sleep" : "must not sleep") + "; its attach waits for "
            + Guide.waitWords(strategy) + ".");
    }

    private static String more(Option option, Option first) {
        return Wording.format("%+.1f %% work", 100 * (option.workNs().value() / first.workNs().value() - 1));
    }

    private static Table expected(Advice advice) {
        Layout<Option> layout = layout(advice, estimate -> Units.duration(estimate.value()), true)
            .figure("memory", "", option -> Units.bytes(option.footprintBytes()))
            .note("Medians of the repeats, interpolated between measured points. work/s: time per second that events "
                + "(from their real start) and the strategy's part of attaches take, both sides added up. event, "
                + "attach: from the intended start. memory: of the guard, largest of the points.");
        return layout.table("guide", "Expected, least work first", "", advice.options(), GuideText::nameOf);
    }

    private static Table spans(Advice advice) {
        return layout(advice, GuideText::span, false).table("spans",
            "Least and greatest of the repeats, interpolated alike", "", advice.options(), GuideText::nameOf);
    }

    private static Layout<Option> layout(Advice advice, Function<Estimate, String> print, boolean commits) {
        Layout<Option> layout = new Layout<Option>("strategy")
            .figure("work/s", "", option -> print.apply(option.workNs()))
            .figure("event p50", "", option -> print.apply(option.event()))
            .figure("attach p50", "", option -> print.apply(option.attach()));
        if (commits) {
            layout.figure("commit p50", "", option -> print.apply(option.commit()));
        }
        for (int i = 0; i < advice.question().bounds().size(); i++) {
            int bound = i;
            layout.figure(advice.question().bounds().get(i).figure(), "",
                option -> print.apply(option.bounds().get(bound)));
        }
        return layout;
    }

    private static String nameOf(Option option) {
        return option.strategy().name();
    }

    private static String span(Estimate estimate) {
        return Units.duration(estimate.low()) + "-" + Units.duration(estimate.high());
    }

    private void crossovers(Advice advice) {
        if (advice.crossovers().isEmpty()) {
            say("Nothing else is better by over 5 % anywhere along the axes of the grid from here.");
            return;
        }
        for (Advice.Crossover crossover : advice.crossovers()) {
            say("From " + crossover.axis() + " " + Units.axis(crossover.value(), crossover.unit())
                + (crossover.above() ? " up" : " down") + ": "
                + (crossover.strategy() == null ? "nothing keeps the bounds."
                    : crossover.strategy() + ", by over 5 %."));
        }
    }

    private void excluded(Advice advice) {
        if (advice.excluded().isEmpty()) {
            return;
        }
        lines.add("");
        say("Excluded:");
        advice.excluded().forEach(one ->
            lines.addAll(Ascii.wrap(one.strategy() + ": " + one.reason(), INDENT, INDENT + INDENT, WIDTH)));
    }

    private void rests(String source, Advice advice) {
        lines.add("");
        int cells = advice.points().stream()
            .flatMap(point -> point.results().stream()).mapToInt(result -> result.cells().size()).sum();
        say("Rests on " + cells + " cells at " + Wording.counted(advice.points().size(), "point") + " of the grid '"
            + grid.name() + "' (" + source + "): " + advice.points().stream().map(GridData.PointData::folder)
                .collect(Collectors.joining(", ")) + ".");
        say(Double.isNaN(advice.reportNs()) ? "Medians are as measured, whether the CPUs were near or far."
            : "Medians of events and commits are those of a cell in which the report into the vEVENTQ takes "
                + Units.duration(Math.round(advice.reportNs())) + ", as in the middle cell of the grid. Its time tells "
                + "how far apart the CPUs were, and is taken to be the same for every strategy.");
        say("Measured on: " + grid.machine() + (grid.commit() == null ? "" : "; commit " + grid.commit()) + ".");
        say("Fixed: " + grid.settings().entrySet().stream().map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining(" ")) + ".");
        say("On another machine the order of what lies close may differ: sweep it there, or ask with --measure.");
    }

    /** {@return what following a guide costs, judged by these measured scenarios} */
    public static String of(Regret regret, GridData measured) {
        GuideText text = new GuideText(measured);
        text.say(regret.scenarios().size() + " scenarios drawn from within the grid, every strategy measured at "
            + "each. Regret: work of the recommended one over that of the best there, less 1.");
        text.lines.add("");
        text.lines.addAll(TextTable.lines(text.table(regret)));
        text.lines.add("");
        text.say(Wording.format("Regret: median %.1f %%, worst %.1f %%.",
            100 * regret.median(Regret.Judged::regret), 100 * regret.worst(Regret.Judged::regret)));
        text.say(Wording.format("The best of many noisy figures is partly the luckiest. Held out (the best "
            + "chosen by all cells but one, both judged by that one): median %.1f %%, worst %.1f %%.",
            100 * regret.median(Regret.Judged::heldOut), 100 * regret.worst(Regret.Judged::heldOut)));
        regret.always().forEach((strategy, always) -> {
            if (always.length > 0) {
                text.lines.addAll(Ascii.wrap(Wording.format("always %s: median %.1f %%, worst %.1f %%",
                    strategy, 100 * Median.of(always), 100 * always[always.length - 1]),
                    INDENT, INDENT + INDENT, WIDTH));
            }
        });
        regret.left().forEach(one -> text.say("excluded: " + one));
        text.say("Measured on: " + measured.machine() + ".");
        return String.join("\n", text.lines) + "\n";
    }

    private Table table(Regret regret) {
        Layout<Regret.Judged> layout = new Layout<>("scenario");
        grid.axes().forEach(axis -> layout.figure(axis.key(), "",
            one -> Units.axis(one.point().at().get(axis.key()), axis.unit())));
        return layout.figure("recommended", "", Regret.Judged::recommended).figure("best", "", Regret.Judged::best)
            .figure("regret", "", one -> Units.share(one.regret()))
            .figure("held out", "", one -> Units.share(one.heldOut()))
            .table("regret", "Regret", "", regret.scenarios(), one -> one.point().folder());
    }

    private void say(String sentence) {
        lines.addAll(Ascii.wrap(sentence, "", INDENT, WIDTH));
    }
}
