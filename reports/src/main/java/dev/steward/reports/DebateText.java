package dev.steward.reports;

import dev.steward.reports.debate.Answer;
import dev.steward.reports.table.Table;
import dev.steward.results.Launcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The answers to the debate as Markdown of 80 columns, whose tables are plain text of at most 72, for mails. */
public final class DebateText {
    /** What the page is. */
    static final String ABOUT =
        "What the authors of the SMMUv3 and iommufd path argued about on the mailing list in 2024 and "
        + "2025 and settled without a measurement, answered by one run of the command debate, which wrote this "
        + "page.";
    /** How its figures were found. */
    static final String READING =
        "All contestants of a question are live at once, a JVM each, and take turns at every point of "
        + "its axes. A generation of JVMs counts once: its value is the median over its rounds of the ratio of two "
        + "medians, or of one median. Points are tested from either end of the axis, up to the first that is not "
        + "significant, by Student's t over the generations, at 95 % for all thresholds of a question together; so a "
        + "threshold lies between two points that were measured. It is not sought by interpolation, since a "
        + "median may jump. "
        + "Forks of a benchmark count as generations do, and are not paired (Welch). Counts are exact. Events and "
        + "attaches are timed from their real start, without the lateness of the generator, and behind a queue events "
        + "from when their handler is awake (in results of older builds from their real start).";
    /** What they cannot show. */
    static final String LIMITS =
        "A JVM has no preemption control, no interrupts-off and no real grace period; where a cell had "
        + "more busy threads than cores, tails show the scheduler. Whether an order of locks holds outside a JVM is "
        + "measured, not assumed (\"JVM only\", docs/trust.md); absolute times never carry over.";

    private static final int WIDTH = 80;

    private final List<String> lines = new ArrayList<>();

    private DebateText() {
    }

    /** Prints all answers. */
    public static String page(List<Answer> answers) {
        DebateText page = new DebateText();
        page.heading("# The debate");
        page.paragraph(ABOUT);
        String machine = machine(answers);
        if (!machine.isEmpty()) {
            page.paragraph(machine);
        }
        page.heading("## Answers");
        answers.forEach(answer -> page.item(answer.label() + ": " + String.join(" ", answer.found())));
        page.heading("", "## How to read the figures");
        page.paragraph(READING);
        answers.forEach(page::answer);
        List<Answer> corrected = answers.stream().filter(answer -> !answer.corrected().isEmpty()).toList();
        if (!corrected.isEmpty()) {
            page.heading("## What was said before and is wrong");
            corrected.forEach(answer -> page.item(answer.label() + ": " + String.join(" ", answer.corrected())));
            page.lines.add("");
        }
        page.heading("## Limits");
        page.paragraph(LIMITS);
        return String.join("\n", page.lines).stripTrailing() + "\n";
    }

    /** The machine of the first comparison behind the answers; empty if there is none. */
    static String machine(List<Answer> answers) {
        return answers.stream().map(Answer::run).filter(Objects::nonNull).findFirst().map(run -> "Measured on: "
            + run.environment().stream()
                .filter(entry -> List.of("cpu", "logical cpus", "virtualised", "os", "jvm").contains(entry.key()))
                .map(entry -> entry.key() + " " + entry.value()).collect(Collectors.joining("; "))
            + "; commit " + run.commit() + "; " + run.createdAt() + ".").orElse("");
    }

    private void answer(Answer answer) {
        heading("## " + Ascii.clean(answer.question()));
        paragraph("**" + answer.found().get(0) + "**");
        answer.found().stream().skip(1).forEach(this::item);
        answer.notes().forEach(this::item);
        heading("", "`" + Launcher.command() + " debate --only " + answer.name() + "`");
        if (!answer.plots().isEmpty()) {
            lines.add("```text");
            lines.addAll(PlotText.lines(answer.plots(), TextTable.WIDTH));
            heading("```");
        }
        for (Table table : answer.tables()) {
            lines.add("```text");
            lines.addAll(TextTable.lines(table));
            heading("```");
        }
    }

    private void heading(String... heading) {
        lines.addAll(List.of(heading));
        lines.add("");
    }

    private void item(String text) {
        lines.addAll(Ascii.wrap("- " + text, "", "  ", WIDTH));
    }

    private void paragraph(String text) {
        lines.addAll(Ascii.wrap(text, "", "", WIDTH));
        lines.add("");
    }
}
