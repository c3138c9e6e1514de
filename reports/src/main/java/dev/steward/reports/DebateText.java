package dev.steward.reports;

import dev.steward.reports.debate.Answer;
import dev.steward.reports.table.Table;
import dev.steward.results.RunManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The answers to the debate as Markdown whose tables are plain text of at most 72 columns, for mails. */
public final class DebateText {
    private static final int WIDTH = 118;

    private final List<String> lines = new ArrayList<>();

    private DebateText() {
    }

    /** Prints all answers. */
    public static String page(List<Answer> answers) {
        DebateText page = new DebateText();
        page.heading("# The debate");
        page.paragraph("What the authors of the SMMUv3 and iommufd path argued about on the mailing list in 2024 and "
            + "2025 and settled without a measurement, answered by one run of `./steward debate`, which wrote this "
            + "page.");
        answers.stream().map(Answer::run).filter(Objects::nonNull).findFirst().ifPresent(page::machine);
        page.heading("## In short");
        answers.forEach(answer -> page.item(answer.label() + ": " + String.join(" ", answer.found())));
        page.heading("", "## How to read the figures");
        page.paragraph("All contestants of a question are live at once, a JVM each, and take turns at every point of "
            + "its axes. A set of JVMs counts once: its value is the median over its rounds of the ratio of two "
            + "medians, or of one median. Points are tested from either end of the axis until one does not tell, by "
            + "Student's t over the sets, at 95 % for all thresholds of a question together; so a threshold lies "
            + "between two points that were measured. It is not sought by interpolation, since a median may jump. "
            + "Forks of a benchmark count as sets do, and are not paired (Welch). Counts are exact. Events and "
            + "attaches are timed from their real start, without the lateness of the generator.");
        answers.forEach(page::answer);
        List<Answer> corrected = answers.stream().filter(answer -> !answer.corrected().isEmpty()).toList();
        if (!corrected.isEmpty()) {
            page.heading("## What was said before and is wrong");
            corrected.forEach(answer -> page.item(answer.label() + ": " + String.join(" ", answer.corrected())));
            page.lines.add("");
        }
        page.heading("## Limits");
        page.paragraph("A JVM has no preemption control, no interrupts-off and no real grace period; where a cell had "
            + "more busy threads than cores, tails show the scheduler. Orders of magnitude and ratios within one table "
            + "carry over to a kernel, absolute times do not.");
        return String.join("\n", page.lines).stripTrailing() + "\n";
    }

    private void machine(RunManifest run) {
        List<String> facts = run.environment().stream()
            .filter(entry -> List.of("cpu", "logical cpus", "virtualised", "os", "jvm").contains(entry.key()))
            .map(entry -> entry.key() + " " + entry.value()).toList();
        paragraph("Measured on: " + String.join("; ", facts) + "; commit " + run.commit() + "; " + run.createdAt()
            + ".");
    }

    private void answer(Answer answer) {
        heading("## " + Ascii.clean(answer.question()));
        paragraph("**" + answer.found().get(0) + "**");
        answer.found().stream().skip(1).forEach(this::item);
        answer.notes().forEach(this::item);
        heading("", "`./steward debate --only " + answer.name() + "`");
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
