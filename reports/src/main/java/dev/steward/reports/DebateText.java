package dev.steward.reports;

import dev.steward.reports.debate.Answer;
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
        answers.forEach(answer -> page.item(answer.label() + ": " + answer.inShort()));
        page.heading("", "## How to read the figures");
        page.paragraph("A percentile, in words and in tables, is the median of the repeats, each of which has its own; "
            + "in brackets stand the least and the greatest of them, and ~ marks one that fewer than ten values of a "
            + "repeat lie beyond. Longest values, shares of the lock and counts are of all repeats together. Verdicts "
            + "follow the rule of every report: a rank test over the valid and steady repeats, corrected for all pairs "
            + "of one question in words, finds the difference, and it is large enough to matter. Where there are too "
            + "few repeats to find anything the answer is open. Events are timed from their real start, so without the "
            + "lateness of the generator. A design that is not ranked breaks a promise by nature; its figures in the "
            + "tables are of the cells that kept their schedule.");
        answers.forEach(page::answer);
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
        paragraph("**In short: " + answer.inShort() + "**");
        answer.details().forEach(this::item);
        heading("", "`./steward debate --only " + answer.name() + "`");
        if (!answer.table().groups().isEmpty()) {
            lines.add("```text");
            lines.addAll(TextTable.lines(answer.table()));
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
