package dev.steward.reports.verdict;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.Digest;
import dev.steward.results.Median;
import dev.steward.results.RunManifest;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.Wording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a history keeps of one run.
 *
 * @param id       of the run: the same folder gives the same, wherever it lies
 * @param load     digest of every setting that is not a name, a seed or a number of repeats
 * @param created  ISO-8601 UTC
 */
public record PastRun(
    String id, String host, String scenario, String load, String created, String commit, String folder,
    List<Value> figures) {
    private static final List<String> NOT_LOAD = List.of("name", "description", "seed", "repeats");
    private static final String INVALIDATION = "invalidation.";
    private static final String NO_RATE = "0/s";
    private static final int DIGITS = 12;

    /**
     * Reads a run.
     *
     * @param host   name of the machine; null for its processor and cores
     * @return the run, without figures if it has no valid, steady cell of a ranked strategy
     * @throws UnreadableResultsException if the folder cannot be read or is still being written
     */
    public static PastRun read(Path folder, String host) {
        ResultFolder read = ResultFolder.read(folder);
        RunManifest run = read.run();
        if (run.status() == RunManifest.Status.RUNNING) {
            throw new UnreadableResultsException(
                folder + ": the run is still at work or was killed; only finished runs are kept", null);
        }
        List<Value> figures = figuresOf(read);
        String machine = host == null ? hostOf(run) : host;
        // A run without that load is of the same load as one from before there was such a setting.
        boolean invalidates = !run.scenario().getOrDefault(INVALIDATION + "rate", NO_RATE).equals(NO_RATE);
        String load = run.scenario().entrySet().stream().filter(entry -> !NOT_LOAD.contains(entry.getKey()))
            .filter(entry -> !entry.getKey().startsWith(INVALIDATION) || invalidates)
            .sorted(Map.Entry.comparingByKey()).map(Map.Entry::toString).collect(Collectors.joining("\n"));
        String identity = String.join("\n", run.createdAt(), run.command(), run.commit(),
            Long.toString(run.seed()), hostOf(run), load);
        return new PastRun(digest(identity), machine, run.scenarioName(), digest(load), run.createdAt(), run.commit(),
            folder.toString(), figures);
    }

    private static String hostOf(RunManifest run) {
        return run.environment().stream().filter(fact -> fact.key().equals("cpu") || fact.key().equals("machine"))
            .map(RunManifest.EnvironmentEntry::value).findFirst().orElse("unknown processor") + ", "
            + Wording.counted(run.cores(), "core");
    }

    private static List<Value> figuresOf(ResultFolder folder) {
        List<CellGrade> grades = CellGrade.of(folder);
        List<Value> figures = new ArrayList<>();
        for (String path : folder.run().paths()) {
            for (RunManifest.StrategyInfo strategy : folder.run().strategies()) {
                for (Figure figure : Figure.values()) {
                    if (strategy.ranked()) {
                        Map<String, List<Sample.Value>> byPlacement =
                            Sample.of(grades, strategy.name(), path, figure).values().stream()
                                .collect(Collectors.groupingBy(Sample.Value::placement, TreeMap::new,
                                    Collectors.toList()));
                        byPlacement.forEach((placement, values) -> figures.add(new Value(path, strategy.name(),
                            figure.label(), placement,
                            Median.of(values.stream().mapToDouble(Sample.Value::value).toArray()), values.size())));
                    }
                }
            }
        }
        return figures;
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8), DIGITS);
    }

    /**
     * One figure of one strategy: of a typical repeat, the median over its repeats.
     *
     * @param figure    for example {@code event p99}
     * @param valueNs   nanoseconds
     */
    public record Value(String path, String strategy, String figure, String placement, double valueNs, int cells) {
    }
}
