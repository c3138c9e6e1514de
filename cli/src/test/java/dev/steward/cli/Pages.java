package dev.steward.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documentation of the checkout as its readers see it: pages, links, headings, words, commands. */
final class Pages {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\n]*(\n[^`\n]*)?`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|[ `|(])\\./steward ([^`|\n]*)");
    private static final String SYNOPSIS = ".*(\\.\\.\\.|[\\[\\]$<>*]|\\b[A-Z]{4,}\\b).*";

    private Pages() {
    }

    /** Every page that the project keeps: README, CONTRIBUTING, CHANGELOG, docs, samples, one README a module. */
    static List<Path> all() {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(Home.path())) {
            top.forEach(path -> {
                if (path.toString().endsWith(".md")) {
                    pages.add(path);
                } else if (Files.isRegularFile(path.resolve("README.md"))) {
                    pages.add(path.resolve("README.md"));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pages.addAll(below("docs", ".md"));
        pages.addAll(below("samples", ".md"));
        return pages.stream().distinct().sorted().toList();
    }

    /** The files below a folder of the checkout whose names end so, built ones excluded. */
    static List<Path> below(String folder, String ending) {
        try (Stream<Path> paths = Files.walk(Home.path().resolve(folder))) {
            return paths.filter(path -> path.toString().endsWith(ending) && !path.toString().contains("/target/"))
                .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Words as {@code wc -w} counts them. */
    static int words(String text) {
        return text.isBlank() ? 0 : text.trim().split("\\s+").length;
    }

    /** Links of a page that lead nowhere: no such file, or no such heading in it. */
    static List<String> brokenLinks(Path page, String text) {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(prose(text));
        while (link.find()) {
            String target = link.group(1);
            if (target.matches("[a-z]+:.*")) {
                continue;
            }
            int hash = target.indexOf('#');
            String file = hash < 0 ? target : target.substring(0, hash);
            Path to = file.isEmpty() ? page : page.resolveSibling(file).normalize();
            if (!Files.exists(to) || hash >= 0 && !anchors(file.isEmpty() ? text : text(to))
                .contains(target.substring(hash + 1))) {
                broken.add(Home.path().relativize(page) + ": " + target);
            }
        }
        return broken;
    }

    /** The names by which the headings of a page can be linked to. */
    static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        Matcher heading = HEADING.matcher(FENCED.matcher(text).replaceAll(""));
        while (heading.find()) {
            anchors.add(heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'));
        }
        return anchors;
    }

    /** Arguments of every command line of a page that can be typed as it stands. */
    static List<List<String>> commands(String text) {
        String joined = text.replaceAll("\\\\\n\\s*", "");
        return COMMAND.matcher(joined).results().map(Pages::arguments)
            .filter(line -> !line.matches(SYNOPSIS))
            .map(line -> Stream.of(line.split("\\s+")).map(word -> word.replaceAll("['\"]", "")).toList())
            .toList();
    }

    private static String arguments(MatchResult command) {
        return command.group(1).replaceAll("\\s#.*|\\s[;&]+.*", "").trim();
    }

    private static String prose(String text) {
        return INLINE_CODE.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("code");
    }
}
