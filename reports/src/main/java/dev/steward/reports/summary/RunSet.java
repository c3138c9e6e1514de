package dev.steward.reports.summary;

import dev.steward.reports.read.FolderPool;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that one report is about: one run, or the runs of several folders. Repeats of the same scenario on the same host
 * are one {@link Run}; other scenarios and other hosts are runs of their own and are never mixed. Immutable.
 *
 * @param runs       in the order of their first folders, those of one scenario together
 * @param unreadable one line for each folder that could not be used, with its file and the reason
 * @param others     results of other tools, to be shown beside the runs
 * @param transfers  to be shown beside the runs
 */
public record RunSet(
    List<Run> runs, Map<String, String> hosts, List<String> unreadable, List<ForeignResult> others,
    List<Transfer> transfers) {
    private static final int MOST_SETTINGS = 4;
    private static final List<String> HOST_FACTS = List.of("cpu", "logical cpus", "memory", "os", "jvm");

    /**
     * Reads folders. One that cannot be read, or its turns alone, is named and skipped; that of a sweep stands for
     * those of its points that have begun.
     *
     * @param folders to read, in the order they are to be shown; a folder that is named twice is read once
     * @throws UnreadableResultsException if none can be read
     */
    public static RunSet read(Collection<Path> folders) {
        Map<Path, ResultFolder> read = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        Set<Path> seen = new LinkedHashSet<>();
        for (Path folder : folders.stream().flatMap(folder -> points(folder, unreadable).stream()).toList()) {
            if (seen.add(folder.toAbsolutePath().normalize())) {
                try {
                    read.put(folder, ResultFolder.read(folder, turns -> unreadable.add(turns.getMessage())));
                } catch (UnreadableResultsException e) {
                    unreadable.add(e.getMessage());
                }
            }
        }
        if (read.isEmpty()) {
            throw new UnreadableResultsException(String.join("; ", unreadable), null);
        }
        return of(FolderPool.of(read), unreadable);
    }

    private static List<Path> points(Path folder, List<String> unreadable) {
        Path plan = folder.resolve(SweepManifest.FILE);
        if (!Files.exists(plan)) {
            return List.of(folder);
        }
        List<Path> begun = List.of();
        try {
            begun = SweepManifest.read(folder).points().stream().map(point -> folder.resolve(point.id()))
                .filter(point -> Files.exists(point.resolve(RunManifest.FILE))).toList();
            if (begun.isEmpty()) {
                unreadable.add(plan + ": no point of the sweep has run");
            }
        } catch (IOException e) {
            unreadable.add(plan + ": " + e.getMessage());
        }
        return begun;
    }

    private static RunSet of(List<FolderPool> pools, List<String> unreadable) {
        List<Map<String, String>> hosts = pools.stream().map(FolderPool::host).distinct().toList();
        Map<String, String> described = new LinkedHashMap<>();
        hosts.forEach(host -> described.put(letter(hosts.indexOf(host)), describe(host, hosts)));
        Map<Map<String, String>, List<Run>> byScenario = new LinkedHashMap<>();
        for (FolderPool pool : pools) {
            byScenario.computeIfAbsent(pool.scenario(), key -> new ArrayList<>())
                .add(Run.of(pool, nameOf(pool, pools), letter(hosts.indexOf(pool.host()))));
        }
        return new RunSet(byScenario.values().stream().flatMap(List::stream).toList(), described, unreadable,
            List.of(), List.of());
    }

    /** A, B and so on; after Z with a number. */
    private static String letter(int host) {
        return (char) ('A' + host % 26) + (host < 26 ? "" : Integer.toString(host / 26));
    }

    private static String describe(Map<String, String> host, List<Map<String, String>> all) {
        Set<String> facts = new LinkedHashSet<>();
        HOST_FACTS.stream().filter(host::containsKey).forEach(facts::add);
        if (facts.isEmpty()) {
            host.keySet().stream().sorted().limit(3).forEach(facts::add);
        }
        Set<String> differing = differing(all);
        differing.stream().filter(host::containsKey).forEach(facts::add);
        facts.add("commit");
        return facts.stream().map(fact -> differing.contains(fact) || fact.equals("commit")
            ? fact + " " + host.get(fact) : host.get(fact)).collect(Collectors.joining("; "));
    }

    private static String nameOf(FolderPool pool, List<FolderPool> all) {
        String name = pool.folder().run().scenarioName();
        Set<String> differing = differing(all.stream()
            .filter(other -> other.folder().run().scenarioName().equals(name)).map(FolderPool::scenario).toList());
        return name + differing.stream().limit(MOST_SETTINGS)
            .map(key -> ", " + key + " " + pool.scenario().getOrDefault(key, "not set")).collect(Collectors.joining())
            + (differing.size() > MOST_SETTINGS ? ", and " + (differing.size() - MOST_SETTINGS) + " more" : "");
    }

    private static Set<String> differing(List<Map<String, String>> all) {
        Set<String> keys = new TreeSet<>();
        Map<String, Set<String>> values = new TreeMap<>();
        all.forEach(map -> keys.addAll(map.keySet()));
        all.forEach(map -> keys.forEach(key ->
            values.computeIfAbsent(key, one -> new TreeSet<>()).add(map.getOrDefault(key, ""))));
        keys.removeIf(key -> values.get(key).size() < 2);
        return keys;
    }

    /** One run whose files are not known. */
    public static RunSet of(Summary summary) {
        return new RunSet(List.of(new Run(summary.run().scenarioName(), letter(0), summary.run().scenario(),
            List.of(summary.run().name()), Map.of(), summary)), Map.of(letter(0), "the host of the run"), List.of(),
            List.of(), List.of());
    }

    /** The same runs beside results of other tools. */
    public RunSet with(List<ForeignResult> results) {
        return new RunSet(runs, hosts, unreadable, results, transfers);
    }

    /** The same runs, in which it is told whose order is confirmed: by the latest transfer of the machine of each. */
    public RunSet confirmedBy(Transfers all) {
        return new RunSet(runs.stream().map(run -> run.confirmedBy(all)).toList(), hosts, unreadable, others,
            transfers);
    }

    /** The same runs beside transfers, of which the last whole one tells whose order is confirmed, if there is one. */
    public RunSet beside(List<Transfer> shown) {
        List<Transfer> whole = shown.stream().filter(Transfer::isWhole).toList();
        return new RunSet(whole.isEmpty() ? runs
            : runs.stream().map(run -> run.with(whole.get(whole.size() - 1))).toList(), hosts, unreadable, others,
            shown);
    }

    /** {@return whether a report about this is one about a single run: true if there is nothing to put side by side} */
    public boolean single() {
        return runs.size() == 1;
    }

    /** {@return the scenarios: runs of each scenario, one for each host it was run on} */
    public Collection<List<Run>> scenarios() {
        return runs.stream().collect(Collectors.groupingBy(Run::settings, LinkedHashMap::new, Collectors.toList()))
            .values();
    }
}
