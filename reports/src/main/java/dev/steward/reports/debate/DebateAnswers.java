package dev.steward.reports.debate;

import dev.steward.reports.table.Table;
import dev.steward.reports.table.Units;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One question answered.
 *
 * @param topic    with its data
 * @param table    of figures
 * @param meanings of the heads of the table
 * @param label    the question in a few words
 * @param inShort  the verdict in one sentence
 * @param verdicts in words, with every figure
 */
public record DebateAnswers(
    Topic topic, Table table, List<String> meanings, String label, String inShort, List<String> verdicts) {
    /** Copies the lists. */
    public DebateAnswers {
        meanings = List.copyOf(meanings);
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Answers a question from what was measured.
     *
     * @param topic with its data
     * @return the answer
     */
    public static DebateAnswers of(Topic topic) {
        Verdict verdict = Verdicts.of(topic);
        return new DebateAnswers(topic, Columns.table(topic, point -> where(topic, point)), Columns.meanings(topic),
            Verdicts.label(topic), verdict.inShort(), verdict.details());
    }

    private static String where(Topic topic, Topic.Point point) {
        return topic.axes().entrySet().stream()
            .map(axis -> axis.getKey() + " " + Units.axis(point.at().get(axis.getKey()), axis.getValue()))
            .collect(Collectors.joining(", "));
    }
}
