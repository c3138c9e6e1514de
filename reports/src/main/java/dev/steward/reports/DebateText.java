package dev.steward.reports;

import dev.steward.reports.debate.DebateAnswers;
import dev.steward.reports.debate.Readers;
import dev.steward.reports.debate.Topic;
import dev.steward.reports.folder.RunManifest;
import java.util.ArrayList;
import java.util.List;

/** The answers to the debate as Markdown whose tables are plain text of at most 72 columns, for mails. */
public final class DebateText {
    private static final int WIDTH = 118;
    private static final int TABLE_WIDTH = TextTable.WIDTH;

    private DebateText() {
    }

    /**
     * Prints all answers.
     *
     * @param topics  that were measured
     * @param readers answer to the question of several readers, or null if that was not measured
     * @return a whole page
     */
    public static String page(List<Topic> topics, Readers readers) {
        List<String> lines = new ArrayList<>(List.of("# The debate", ""));
        paragraph(lines, "What the authors of the SMMUv3 and iommufd path argued about on the mailing list in 2024 and "
            + "2025 and settled without a measurement, answered by one run of `./steward debate`, which wrote this "
            + "page (`--page docs/debate.md`). The designs are described in [strategies.md](generated/strategies.md), "
            + "the method in [design.md](design.md).");
        machine(lines, topics);
        List<DebateAnswers> answers = topics.stream().map(DebateAnswers::of).toList();
        inShort(lines, answers, readers);
        lines.add("## How to read the figures");
        lines.add("");
        paragraph(lines, "A percentile, in words and in tables, is the median of the repeats, each of which has its "
            + "own; in brackets stand the least and the greatest of them, and ~ marks one that fewer than ten values "
            + "of a repeat lie beyond. Longest values, shares of the lock and counts are of all repeats together. Two "
            + "figures are told apart if their spans do not overlap and their medians are 5 % apart or more; of three "
            + "repeats each, spans miss each other by chance in one pair of ten, of two and three in one of five, and "
            + "what has fewer is left open. Nothing is said of what is not told apart. Events are timed from their "
            + "real start, so without the lateness of the generator. A design that is not ranked breaks a promise by "
            + "nature; its figures are of the cells that kept their schedule.");
        answers.forEach(answer -> answer(lines, answer));
        if (readers != null) {
            answer(lines, readers);
        }
        lines.add("## Limits");
        lines.add("");
        paragraph(lines, "A JVM has no preemption control, no interrupts-off and no real grace period; where a cell "
            + "had more busy threads than cores, tails show the scheduler. Orders of magnitude and ratios within one "
            + "table carry over to a kernel, absolute times do not.");
        return String.join("\n", lines).stripTrailing() + "\n";
    }

    private static void machine(List<String> lines, List<Topic> topics) {
        topics.stream().flatMap(topic -> topic.points().stream()).findFirst().ifPresent(point -> {
            RunManifest run = point.summary().run();
            List<String> facts = run.environment().stream()
                .filter(entry -> List.of("cpu", "logical cpus", "virtualised", "os", "jvm").contains(entry.key()))
                .map(entry -> entry.key() + " " + entry.value()).toList();
            paragraph(lines, "Measured on: " + String.join("; ", facts) + "; commit " + run.commit() + "; "
                + run.createdAt() + ".");
        });
    }

    /** What gets quoted: a line or two for each question. */
    private static void inShort(List<String> lines, List<DebateAnswers> answers, Readers readers) {
        lines.add("## In short");
        lines.add("");
        answers.forEach(answer -> lines.addAll(
            Ascii.wrap("- " + answer.label() + ": " + answer.inShort(), "", "  ", WIDTH)));
        if (readers != null) {
            lines.addAll(Ascii.wrap("- " + Readers.LABEL + ": " + readers.inShort(), "", "  ", WIDTH));
        }
        lines.add("");
    }

    private static void answer(List<String> lines, DebateAnswers answer) {
        Topic topic = answer.topic();
        lines.add("## " + Ascii.clean(topic.question()));
        lines.add("");
        paragraph(lines, "**In short: " + answer.inShort() + "**");
        answer.verdicts().forEach(verdict -> lines.addAll(Ascii.wrap("- " + verdict, "", "  ", WIDTH)));
        lines.add("");
        lines.add("`./steward debate --only " + topic.name() + "`");
        lines.add("");
        if (!topic.points().isEmpty()) {
            lines.add("```text");
            lines.addAll(TextTable.lines(answer.table()));
            lines.add("");
            answer.meanings().forEach(one -> lines.addAll(Ascii.wrap(one, "  ", "    ", TABLE_WIDTH)));
            lines.add("```");
            lines.add("");
        }
    }

    private static void answer(List<String> lines, Readers readers) {
        lines.add("## " + Readers.QUESTION);
        lines.add("");
        paragraph(lines, "**In short: " + readers.inShort() + "**");
        readers.verdicts().forEach(verdict -> lines.addAll(Ascii.wrap("- " + verdict, "", "  ", WIDTH)));
        lines.add("");
        lines.add("`./steward debate --only readers`");
        lines.add("");
        lines.add("```text");
        lines.addAll(TextTable.lines(readers.table()));
        lines.add("```");
        lines.add("");
    }

    private static void paragraph(List<String> lines, String text) {
        lines.addAll(Ascii.wrap(text, "", "", WIDTH));
        lines.add("");
    }
}
