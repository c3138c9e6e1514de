package dev.steward.loadgen.run;

import dev.steward.results.CapacityResult;
import dev.steward.results.CapacityResult.OfStrategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The outcome of a search for capacity as plain text, at most 80 columns wide. */
public final class CapacityTable {
    private static final int WIDTH = 80;
    private static final String ROW = "%-24s %9s %9s %19s  %s";

    private CapacityTable() {
    }

    /** Prints the outcome. */
    public static String of(CapacityResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("Highest " + result.find() + " rate per SMMU that keeps " + result.slo() + ", path " + result.path());
        lines.add(String.format(Locale.ROOT, "Took %d s of %d s.", result.tookMs() / 1_000, result.budgetMs() / 1_000));
        lines.add("");
        lines.add(String.format(ROW, "strategy", "holds", "breaks at", "searches", "ended").stripTrailing());
        lines.add("-".repeat(72));
        result.strategies().forEach(strategy -> lines.add(row(strategy)));
        lines.add("");
        String ends = result.strategies().stream().map(OfStrategy::end).distinct()
            .flatMap(end -> CapacitySearch.End.meaning(end).map(meaning -> end + ": " + meaning).stream())
            .collect(Collectors.joining("; "));
        if (!ends.isEmpty()) {
            lines.addAll(wrapped(ends + "."));
        }
        result.strategies().stream().filter(strategy -> strategy.reason() != null)
            .forEach(strategy -> lines.addAll(wrapped(strategy.strategy() + ", last not held: " + strategy.reason())));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** What to say when no rate was found that holds. A rate is decided by two equal trials. */
    public static String nothingFound(CapacityResult result) {
        boolean decided = result.strategies().stream().anyMatch(strategy -> strategy.brokenPerSecond() != null);
        boolean heldOnce = result.strategies().stream().flatMap(strategy -> strategy.trials().stream())
            .anyMatch(trial -> trial.outcome().equals("held"));
        return decided && !heldOnce ? "no strategy held the bound at any rate that was tried"
            : "no rate was decided to hold: time was up or cells were unfit before two equal trials";
    }

    /** Indented by two, what goes over the line by four. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString());
                line.replace(0, line.length(), "   ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String row(OfStrategy strategy) {
        List<Double> rounds = strategy.rounds();
        String spread = rounds.isEmpty() ? "-" : rate(Collections.min(rounds)) + " to " + rate(Collections.max(rounds));
        return String.format(ROW, strategy.strategy(),
            strategy.heldPerSecond() == 0 ? "-" : rate(strategy.heldPerSecond()),
            strategy.brokenPerSecond() == null ? "-" : rate(strategy.brokenPerSecond()), spread, strategy.end());
    }

    private static String rate(double perSecond) {
        return ReplayWords.rate(perSecond) + "/s";
    }
}
