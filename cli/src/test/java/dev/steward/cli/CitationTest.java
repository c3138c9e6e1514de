package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What code and pages cite by number must stand on the page of domain facts; what a page names must be in the code. */
final class CitationTest {
    private static final Pattern CITATION = Pattern.compile("domain\\.md\\)?, ([^;)\"]{1,40})");
    private static final Pattern SECTION = Pattern.compile("\\b\\d{1,2}\\.\\d{1,2}\\b");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (\\d+\\.\\d+) ");
    private static final Pattern MARK = Pattern.compile("(?<![\\w.\"-])[IW]\\d{1,2}\\b");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([IW]\\d{1,2}) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z][A-Za-z0-9]*)`");

    private static final String DOMAIN = Pages.text(Cli.checkout("docs/domain.md"));

    @Test
    void shouldHaveSectionWhenItIsCited() {
        Set<String> cited = all(SECTION, sources().flatMap(source -> CITATION.matcher(source).results())
            .map(citation -> citation.group(1)));

        assertThat(cited).hasSizeGreaterThan(20);
        assertThat(all(HEADING, Stream.of(DOMAIN))).containsAll(cited);
    }

    @Test
    void shouldHaveRowWhenInvariantOrWindowIsCited() {
        Set<String> cited = all(MARK, sources());

        assertThat(cited).contains("I1", "I12", "W1", "W8");
        assertThat(all(ROW, Stream.of(DOMAIN))).containsAll(cited);
    }

    @Test
    void shouldCiteInOneFormWhenDomainFactsAreNamed() {
        assertThat(sources().filter(source -> source.contains("domain " + "reference"))
            .map(source -> source.substring(0, Math.min(source.length(), 200)))).isEmpty();
    }

    @Test
    void shouldFindNameInCodeWhenMemoryOrderingPageHasIt() {
        Set<String> words = Pages.below(".", ".java").stream().map(Pages::text)
            .flatMap(text -> Stream.of(text.split("\\W+"))).collect(Collectors.toSet());
        Set<String> names = all(NAME, Stream.of(Pages.text(Cli.checkout("docs/memory-ordering.md"))));

        assertThat(names).hasSizeGreaterThan(20);
        assertThat(words).containsAll(names).doesNotContain("consumer" + "Next");
    }

    /** Text of all code and pages, comments joined over their lines. */
    private static Stream<String> sources() {
        Stream<Path> code = Pages.below(".", ".java").stream().filter(path -> !path.endsWith("CitationTest.java"));
        return Stream.concat(code, Pages.below("docs", ".md").stream())
            .map(path -> Pages.text(path).replaceAll("\\s*\n\\s*(\\*|//)?\\s*", " "));
    }

    private static Set<String> all(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results())
            .map(match -> match.group(match.groupCount())).collect(Collectors.toCollection(TreeSet::new));
    }
}
