package dev.steward.reports;

import dev.steward.reports.debate.Answer;
import java.util.List;
import java.util.Map;

/** The answers to the debate as a page that opens without a network, by the templates of the report. */
public final class DebatePage {
    private DebatePage() {
    }

    /** {@return the page; whatever comes from a file is escaped} */
    public static String of(List<Answer> answers) {
        return HtmlReport.render("debate.jte", Map.of("answers", answers, "machine", DebateText.machine(answers),
            "corrected", answers.stream().filter(answer -> !answer.corrected().isEmpty()).toList()));
    }
}
