package dev.steward.reports;

import dev.steward.reports.guide.Advice;
import dev.steward.reports.guide.Choice;
import dev.steward.reports.guide.Estimate;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Option;
import dev.steward.reports.guide.Regret;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.GridData;
import dev.steward.results.GridLimits;
import dev.steward.results.Median;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers of the guide as plain text, lines of at most 72 columns. */
public final class GuideText {
    private static final int WIDTH = TextTable.WIDTH;
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();
    private final GridData grid;
    private final Set<String> jvmOnly;

    private GuideText(GridData grid, Set<String> jvmOnly) {
        this.grid = grid;
        this.jvmOnly = jvmOnly;
    }

    /**
     * {@return an answer from a grid that was read from the source}
     *
     * @param transfer that tells whose order is confirmed in C
     */
    public static String of(GridData grid, String source, Advice advice, Transfer transfer) {
        List<String> ranked = advice.options().stream().map(option -> option.strategy().name()).toList();
        GuideText text = new GuideText(grid, transfer.jvmOnly(ranked));
        if (advice.options().isEmpty()) {
            text.say("No strategy obeys the rules and keeps the bounds here.");
        } else {
            text.answer(advice);
            transfer.jvmOnlySentence(ranked).ifPresent(text::say);
        }
        text.excluded(advice);
        text.rests(source, advice);
        return String.join("\n", text.lines) + "\n";
    }

    private void answer(Advice advice) {
        GridData.StrategyData first = advice.best().get(0).strategy();
        if (advice.options().size() > 1 && advice.best().size() == advice.options().size()) {
            say(advice.choice().hardlyMatters(advice.options()) ? "The choice hardly matters."
                : "No strategy is shown to be better than another.");
        }
        say("Use " + Transfer.marked(first.name(), jvmOnly) + ": " + first.title());
        say("In a kernel: " + first.kernelPrimitive() + "; " + first.context() + ".");
        say("Its report " + (first.reportMaySleep() ? "may sleep" : "must not sleep") + "; its attach waits for "
            + Guide.waitWords(first) + ".");
        if (advice.best().size() > 1) {
            say("As good, simplest first: " + advice.best().stream().skip(1).map(this::marked)
                .collect(Collectors.joining(", ")) + ".");
        }
        lines.add("");
        lines.addAll(TextTable.lines(expected(advice)));
        lines.add("");
        lines.addAll(TextTable.lines(spans(advice)));
        lines.add("");
        say(rule(advice.choice()));
        say("By other rules: " + advice.otherRules().entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue()).collect(Collectors.joining(", ")) + ".");
        crossovers(advice);
    }

    private static String rule(Choice choice) {
        return Wording.format("The rule, on path %s: of those whose event is within %.0f %% of the shortest, those "
            + "whose attach is within %.0f %% of the shortest, and of these the simplest. What is not shown to be "
            + "worse counts as within.", choice.path(), 100 * choice.eventTie(), 100 * choice.attachTie());
    }

    private Table expected(Advice advice) {
        Layout<Option> layout = layout(advice, estimate -> Units.duration(estimate.value()), true)
            .figure("memory", "",
                option -> option.footprintBytes() == 0 ? Units.NONE : Units.bytes(option.footprintBytes()))
            .note("Medians, interpolated between measured points: event until its record stands in the vEVENTQ, "
                + (advice.choice().path().equals("ring") ? "behind the queue and inline, " : "")
                + "a whole attach, its commit. CPU time: what the events and commits of a second take. memory: of "
                + "the guard, largest of the points.");
        return layout.table("guide", "Expected, the best first", "", advice.options(), this::marked);
    }

    private static Table spans(Advice advice) {
        String title = advice.best().get(0).event().generations() ? "Intervals, 99 % over generations of JVMs"
            : "Least and greatest of the repeats";
        return layout(advice, GuideText::span, false).table("spans", title, "", advice.options(), GuideText::nameOf);
    }

    private static Layout<Option> layout(Advice advice, Function<Estimate, String> print, boolean all) {
        Layout<Option> layout = new Layout<Option>("strategy")
            .figure("event", "", option -> print.apply(option.event().estimate()));
        if (all && advice.choice().path().equals("ring")) {
            layout.figure("inline", "", option -> print.apply(option.inline().estimate()));
        }
        layout.figure("attach", "", option -> print.apply(option.attach().estimate()));
        if (all) {
            layout.figure("commit", "", option -> print.apply(option.commit().estimate()));
        }
        layout.figure("CPU time", "", option -> print.apply(option.work().estimate()));
        for (int i = 0; i < advice.question().bounds().size(); i++) {
            int bound = i;
            layout.figure(advice.question().bounds().get(i).figure(), "",
                option -> print.apply(option.bounds().get(bound)));
        }
        return layout;
    }

    private String marked(Option option) {
        return Transfer.marked(nameOf(option), jvmOnly);
    }

    private static String nameOf(Option option) {
        return option.strategy().name();
    }

    private static String span(Estimate estimate) {
        return Units.duration(estimate.low()) + "-" + Units.duration(estimate.high());
    }

    private void crossovers(Advice advice) {
        String first = nameOf(advice.best().get(0));
        if (advice.crossovers().isEmpty()) {
            if (grid.points().size() > 1) {
                say("Along each axis alone " + first + " stays among the best as far as the grid goes.");
            }
            return;
        }
        for (Advice.Crossover crossover : advice.crossovers()) {
            say("From " + GridLimits.word(crossover.axis()) + " "
                + Units.axis(crossover.value(), crossover.unit())
                + (crossover.above() ? " up" : " down") + ": "
                + (crossover.strategy() == null ? "nothing keeps the bounds." : crossover.strategy() + "."));
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
        say("Answered for: " + grid.words(advice.question().at()) + ".");
        say("Rests on " + Wording.counted(grid.points().size(), "point") + " of the grid '" + grid.name() + "' ("
            + source + "). Nearest:");
        advice.nearest().forEach(point ->
            lines.addAll(Ascii.wrap(grid.words(point.at()), INDENT, INDENT + INDENT, WIDTH)));
        if (!Double.isNaN(advice.reportNs())) {
            say("Medians of events and commits are those of a cell in which the report into the vEVENTQ takes "
                + Units.duration(Math.round(advice.reportNs())) + ", as in the middle cell of the grid. Its time tells "
                + "how far apart the CPUs were, and is taken to be the same for every strategy.");
        }
        say("Measured on: " + grid.machine() + (grid.commit() == null ? "" : "; commit " + grid.commit()) + ".");
        say("Fixed: " + grid.settings().entrySet().stream().map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining(" ")) + ".");
        say("On another machine the order of what lies close may differ: sweep it there, or ask with --measure.");
    }

    /** {@return what following a guide costs, judged by these measured scenarios} */
    public static String of(Regret regret, GridData measured) {
        GuideText text = new GuideText(measured, Set.of());
        text.say(regret.scenarios().size() + " scenarios drawn from within the grid, every strategy measured at each; "
            + "the report may sleep. Regret: work of the recommended one over that of the best there, less 1.");
        text.lines.add("");
        text.lines.addAll(TextTable.lines(text.table(regret)));
        text.lines.add("");
        text.say(Wording.format("Regret: median %.1f %%, worst %.1f %%.",
            100 * regret.median(one -> one.regret().value()), 100 * regret.worst(one -> one.regret().value())));
        text.say(Wording.format("The best of many noisy figures is partly the luckiest. Held out (the best "
            + "chosen by all %s but one, both judged by that one): median %.1f %%, worst %.1f %%.",
            measured.byTurns() ? "generations" : "cells",
            100 * regret.median(Regret.Judged::heldOut), 100 * regret.worst(Regret.Judged::heldOut)));
        text.say(Wording.format("Its event over the shortest: median %.1f %%, worst %.1f %%; its attach over the "
            + "shortest: median %.1f %%, worst %.1f %%.",
            100 * regret.median(Regret.Judged::event), 100 * regret.worst(Regret.Judged::event),
            100 * regret.median(Regret.Judged::attach), 100 * regret.worst(Regret.Judged::attach)));
        regret.always().forEach((strategy, always) -> text.lines.addAll(Ascii.wrap(
            Wording.format("always %s: median %.1f %%, worst %.1f %%",
                strategy, 100 * Median.of(always), 100 * always[always.length - 1]),
            INDENT, INDENT + INDENT, WIDTH)));
        regret.left().forEach(one -> text.say("excluded: " + one));
        text.say("Measured on: " + measured.machine() + ".");
        return String.join("\n", text.lines) + "\n";
    }

    private Table table(Regret regret) {
        Layout<Regret.Judged> layout = new Layout<>("scenario");
        grid.axes().forEach(axis -> layout.figure(axis.key(), "",
            one -> Units.axis(one.point().at().get(axis.key()), axis.unit())));
        return layout.figure("recommended", "", Regret.Judged::recommended).figure("best", "", Regret.Judged::best)
            .figure("regret", "", one -> Units.share(one.regret().value()))
            .figure("interval", "", one -> Units.share(one.regret().low()) + " to " + Units.share(one.regret().high()))
            .figure("held out", "", one -> Units.share(one.heldOut()))
            .table("regret", "Regret", "", regret.scenarios(), one -> one.point().folder());
    }

    private void say(String sentence) {
        lines.addAll(Ascii.wrap(sentence, "", INDENT, WIDTH));
    }
}
