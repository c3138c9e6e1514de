package dev.steward.catalog;

import dev.steward.design.KernelDesign;
import dev.steward.design.Promise;
import dev.steward.design.Window;
import dev.steward.strategy.EnumWord;
import dev.steward.strategy.Family;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page about all strategies and designs of the suite, in Markdown: prose from a template, all else from the
 * descriptions.
 */
public final class StrategyPage {
    private StrategyPage() {
    }

    /** Writes the page. */
    public static String markdown() {
        return template()
            .replace("{{strategies}}", strategies())
            .replace("{{promises}}", promises())
            .replace("{{windows}}", windows())
            .replace("{{designs}}", Stream.of(KernelDesign.values())
                .map(StrategyPage::section).collect(Collectors.joining("\n")).strip());
    }

    private static String template() {
        try (InputStream in = StrategyPage.class.getResourceAsStream("strategies.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String strategies() {
        StringBuilder page = new StringBuilder();
        Family family = null;
        for (LockStrategy strategy : LockStrategy.values()) {
            if (strategy.description().family() != family) {
                family = strategy.description().family();
                page.append("## ").append(EnumWord.of(family)).append("\n\n");
            }
            page.append(section(strategy)).append('\n');
        }
        return page.toString().strip();
    }

    private static String section(Strategy strategy) {
        StringBuilder section = new StringBuilder("### ").append(strategy.description().name()).append("\n\n")
            .append(strategy.description().title()).append("\n\n");
        Fact.of(strategy).forEach(fact ->
            section.append("- **").append(fact.label()).append(":** ").append(escaped(fact.value())).append('\n'));
        return section.toString();
    }

    private static String promises() {
        return table(List.of("promise", "kept by"), Arrays.asList(Promise.values()), promise ->
            List.of(promise.words(), names(design -> design.promises().contains(promise))));
    }

    /** One column for each way in which designs answer. */
    private static String windows() {
        List<KernelDesign> first = Stream.of(KernelDesign.values())
            .collect(Collectors.toMap(StrategyPage::answers, design -> design, (one, other) -> one)).values().stream()
            .sorted().toList();
        List<String> heads = new ArrayList<>(List.of("window", "open while"));
        first.forEach(one -> heads.add(names(design -> answers(design).equals(answers(one)))));
        return table(heads, Arrays.asList(Window.values()), window -> Stream.concat(
            Stream.of(window.name(), window.meaning()), first.stream().map(window::outcome)).toList());
    }

    private static List<String> answers(KernelDesign design) {
        return Stream.of(Window.values()).map(window -> window.outcome(design)).toList();
    }

    /** The designs that are so, or those that are not if that is the shorter list. */
    private static String names(Predicate<KernelDesign> which) {
        List<String> those = quoted(which);
        List<String> others = quoted(which.negate());
        return those.size() <= others.size() ? String.join(", ", those)
            : others.isEmpty() ? "all" : "all but " + String.join(", ", others);
    }

    private static List<String> quoted(Predicate<KernelDesign> which) {
        return Stream.of(KernelDesign.values()).filter(which)
            .map(design -> "`" + design.description().name() + "`").toList();
    }

    private static <T> String table(List<String> heads, List<T> rows, Function<T, List<String>> cells) {
        List<String> lines = new ArrayList<>();
        lines.add(row(heads));
        lines.add("|" + "---|".repeat(heads.size()));
        rows.forEach(one -> lines.add(row(cells.apply(one))));
        return String.join("\n", lines);
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> escaped(cell).replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*");
    }
}
