package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Holds the pages to what they say: links lead somewhere, commands can be typed, quotes are quotes. */
final class DocumentationTest {
    private static final Path README = Cli.checkout("README.md");
    private static final Path RUN = Cli.checkout("docs/runs/compare-2026-12.md");
    private static final Set<String> SETTINGS =
        Cli.run("scenarios", "--keys").out().lines().map(line -> line.trim().split("\\s+")[0])
            .collect(Collectors.toSet());
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)\\b");
    private static final Set<String> TESTS = Pages.below("", "Test.java").stream()
        .map(file -> file.getFileName().toString().replace(".java", "")).collect(Collectors.toSet());

    static List<Path> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLeadSomewhereWhenALinkIsFollowed(Path page) {
        assertThat(Pages.brokenLinks(page, Pages.text(page))).isEmpty();
        assertThat(Pages.text(page)).as("traces of a merge").doesNotContainPattern("(?m)^(<{7}|={7}|>{7})( |$)");
    }

    @Test
    void shouldFindBrokenLinkWhenFileOrHeadingIsMissing() {
        assertThat(Pages.brokenLinks(
            README, "[a](docs/gone.md) [b](docs/design.md#gone) [c](docs/design.md#turns-and-cells)"))
            .containsExactly("README.md: docs/gone.md", "README.md: docs/design.md#gone");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldParseWhenACommandOfAPageIsTyped(Path page) {
        for (List<String> command : Pages.commands(Pages.text(page))) {
            assertThatCode(() -> check(command)).as("%s: ./steward %s", page, String.join(" ", command))
                .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeThereWhenATestIsNamed(Path page) {
        assertThat(TEST.matcher(Pages.text(page)).results().map(test -> test.group(1)).distinct())
            .as("tests that hold what the page says").isSubsetOf(TESTS);
    }

    @Test
    void shouldAnswerWhenACommandThatOnlyPrintsIsTyped() {
        List<List<String>> printing = Pages.all().stream().flatMap(page -> Pages.commands(Pages.text(page)).stream())
            .filter(command -> Set.of("guide", "strategies", "scenarios").contains(command.get(0)))
            .filter(command -> !command.contains("--grid") && !command.contains("--measure")).distinct().toList();

        assertThat(printing).extracting(command -> command.get(0)).contains("guide", "strategies", "scenarios");
        assertThat(printing).filteredOn(command -> command.size() > 1)
            .allSatisfy(command -> assertThat(Cli.run(command.toArray(String[]::new)).code()).isZero());
    }

    @Test
    void shouldRefuseCommandWhenOptionSettingOrStrategyIsUnknown() {
        assertThat(Pages.commands("    ./steward compare --set path=ring # words\n")).hasSize(1);
        for (String line : List.of("compare --gone", "compare --set gone=1", "compare --strategy gone", "gone")) {
            assertThatThrownBy(() -> check(List.of(line.split(" ")))).as(line).isNotNull();
        }
    }

    @Test
    void shouldNameMainCommandsWhenReadmeIsRead() {
        assertThat(Pages.text(README)).contains("    ./steward compare ", "    mvn -B verify ");
        assertThat(Pages.commands(Pages.text(README))).hasSizeGreaterThan(10);
    }

    @Test
    void shouldStandInCommittedRunWhenReadmeQuotesIt() {
        String run = Pages.text(RUN);
        String readme = Pages.text(README);
        String quote = readme.substring(readme.indexOf("```text\n") + 8, readme.lastIndexOf("```"));

        assertThat(quote.lines().filter(line -> !line.isBlank())).hasSizeGreaterThan(8)
            .allMatch(line -> run.contains("\n" + line + "\n"));
    }

    /** As {@code wc -w README.md docs/*.md} counts: runs and generated pages lie in folders of their own. */
    @Test
    void shouldStayShortWhenPagesGrow() {
        int pages = Pages.below("docs", ".md").stream().filter(page -> page.getParent().endsWith("docs"))
            .mapToInt(page -> Pages.words(Pages.text(page))).sum();
        int readme = Pages.words(Pages.text(README));

        assertThat(readme).isLessThanOrEqualTo(1_000);
        assertThat(pages).isGreaterThan(5_000).isLessThanOrEqualTo(15_000);
    }

    private static void check(List<String> command) {
        if (command.get(0).equals("jmh")) {
            return; // its arguments are those of JMH
        }
        CommandLine steward = Steward.commandLine(new ByteArrayOutputStream());
        assertThat(steward.getSubcommands()).containsKey(command.get(0));
        if (command.size() == 1) {
            return; // a command named in a sentence, perhaps without what it requires
        }
        steward.parseArgs(command.toArray(String[]::new));
        for (int i = 1; i < command.size(); i++) {
            switch (command.get(i - 1)) {
                case "--set" -> assertThat(SETTINGS).contains(command.get(i).replaceAll("=.*", ""));
                case "--strategy" -> Arrays.stream(command.get(i).split(",")).forEach(DocumentationTest::strategy);
                default -> {
                    // its value has been parsed above
                }
            }
        }
    }

    private static void strategy(String name) {
        if (!Set.of("all", "designs", "mutex-fair").contains(name)) {
            assertThat(Cli.run("strategies", name).code()).as(name).isZero();
        }
    }
}
