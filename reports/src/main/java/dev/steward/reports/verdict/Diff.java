package dev.steward.reports.verdict;

import dev.steward.results.Verdicts.Verdict;
import dev.steward.results.Median;
import dev.steward.results.RunManifest;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was measured after against what was measured before. All comparisons of one diff are one family: the chance of a
 * false alarm anywhere in it is the significance of the rules, since one false alarm is enough to stop a build.
 *
 * @param folders     whether both are result folders; else both are files of JMH
 * @param unmatched   measured on one side only, in words
 * @param comparisons the second is what was measured after
 * @param middles     the values behind them, one for each
 */
public record Diff(
    String before, String after, boolean folders, Rules rules, List<String> differences, List<String> unmatched,
    List<String> problems, List<Comparison> comparisons, List<Middle> middles) {
    /** Settings that say how much was measured and not what. */
    private static final Set<String> HOW_MUCH = Set.of("name", "description", "seed", "repeats");
    private static final String NOT_THERE = "(not there)";
    /** Of two values together: of longer ones is shown from where they differ, with some letters before it. */
    private static final int LONG = 120;
    private static final int LEAD = 20;

    /** The medians of the repeats of one figure; NaN of a side on which no repeat can be compared. */
    public record Middle(String group, String figure, String name, double before, double after, String unit) {
    }

    /**
     * Compares.
     *
     * @param anyScenario whether runs of different scenarios are compared, with what differs named
     * @throws UnreadableResultsException in one line, if a side cannot be read or the two cannot be compared
     */
    public static Diff of(Path before, Path after, Rules rules, boolean anyScenario) {
        Side first = read(before);
        Side second = read(after);
        if (!first.kind().equals(second.kind())) {
            throw new UnreadableResultsException(
                before + " is a " + first.kind() + ", " + after + " a " + second.kind() + ": nothing to compare", null);
        }
        List<String> scenario = differing(first.load(), second.load(), true);
        if (!scenario.isEmpty() && !anyScenario) {
            throw new UnreadableResultsException("different scenarios: " + String.join("; ", scenario)
                + " (--any-scenario compares all the same)", null);
        }
        List<String> differences = new ArrayList<>(scenario);
        differences.addAll(differing(first.load(), second.load(), false));
        differences.addAll(differing(first.machine(), second.machine(), true));
        List<String> problems = new ArrayList<>();
        first.problems().forEach(problem -> problems.add("before: " + problem));
        second.problems().forEach(problem -> problems.add("after: " + problem));
        List<Comparison> comparisons = compared(first, second, rules);
        if (comparisons.isEmpty()) {
            throw new UnreadableResultsException(
                before + " and " + after + " have nothing in common that was measured", null);
        }
        return new Diff(before.toString(), after.toString(), first.kind().equals(Side.FOLDER), rules, differences,
            unmatched(first, second), problems, comparisons, middles(first, second));
    }

    private static List<Middle> middles(Side first, Side second) {
        List<Middle> middles = new ArrayList<>();
        first.series().forEach((key, before) -> {
            Side.Series after = second.series().get(key);
            if (after != null && after.unit().equals(before.unit())) {
                middles.add(new Middle(
                    key.group(), key.figure(), after.sample().name(), middle(before), middle(after), after.unit()));
            }
        });
        return middles;
    }

    private static double middle(Side.Series series) {
        return series.sample().values().isEmpty() ? Double.NaN
            : Median.of(series.sample().values().stream().mapToDouble(Sample.Value::value).toArray());
    }

    /** {@return the values behind a comparison} */
    public Middle middleOf(Comparison comparison) {
        return middles.stream().filter(one -> one.group().equals(comparison.group())
            && one.figure().equals(comparison.figure()) && one.name().equals(comparison.second()))
            .findFirst().orElseThrow();
    }

    private static Side read(Path path) {
        if (Files.isDirectory(path) || path.getFileName().toString().equals(RunManifest.FILE)) {
            return FolderSide.read(Files.isDirectory(path) ? path : path.toAbsolutePath().getParent());
        }
        return JmhSide.read(path);
    }

    /** A setting that only one side knows came with a newer format: named, and no reason to refuse. */
    private static List<String> differing(Map<String, String> first, Map<String, String> second, boolean decisive) {
        List<String> differing = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>(first.keySet());
        keys.addAll(second.keySet());
        for (String key : keys) {
            boolean both = first.containsKey(key) && second.containsKey(key);
            if (decisive == (both && !HOW_MUCH.contains(key))
                && !String.valueOf(first.get(key)).equals(second.get(key))) {
                String before = String.valueOf(first.getOrDefault(key, NOT_THERE));
                String after = String.valueOf(second.getOrDefault(key, NOT_THERE));
                int same = before.length() + after.length() > LONG ? Math.max(0, alike(before, after) - LEAD) : 0;
                differing.add(Wording.shown(key) + " " + from(before, same) + " -> " + from(after, same));
            }
        }
        return differing;
    }

    /** Letters at the beginning of both. */
    private static int alike(String before, String after) {
        int mismatch = Arrays.mismatch(before.toCharArray(), after.toCharArray());
        return mismatch < 0 ? before.length() : mismatch;
    }

    private static String from(String value, int start) {
        return start == 0 ? Wording.shown(value) : "..." + Wording.shown(value.substring(start));
    }

    private static List<Comparison> compared(Side first, Side second, Rules rules) {
        Judge judge = new Judge(rules);
        first.series().forEach((key, before) -> {
            Side.Series after = second.series().get(key);
            if (after != null && after.unit().equals(before.unit())) {
                judge.add(key.group(), key.figure(), before.sample(), after.sample(), before.lowerIsBetter());
            }
        });
        return judge.judge();
    }

    private static List<String> unmatched(Side first, Side second) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        missing(first, second).forEach(what -> names.put(what + ": before only", true));
        missing(second, first).forEach(what -> names.put(what + ": after only", true));
        first.series().forEach((key, before) -> {
            Side.Series after = second.series().get(key);
            if (after != null && !after.unit().equals(before.unit())) {
                names.put(key.name() + ", " + key.group() + ": before in " + before.unit() + ", after in "
                    + after.unit(), true);
            }
        });
        return List.copyOf(names.keySet());
    }

    /** What one has and the other has not: all of a strategy on a path, or a figure of it. */
    private static Stream<String> missing(Side one, Side other) {
        return one.series().keySet().stream().filter(key -> !other.series().containsKey(key))
            .map(key -> key.name() + ", " + key.group() + (other.series().keySet().stream().anyMatch(
                there -> there.name().equals(key.name()) && there.group().equals(key.group()))
                    ? ", " + key.figure() : ""));
    }

    /** {@return how often a verdict was given: 0 or more} */
    public long count(Verdict verdict) {
        return comparisons.stream().filter(comparison -> comparison.verdict() == verdict).count();
    }
}
