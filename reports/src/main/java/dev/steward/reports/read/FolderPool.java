package dev.steward.reports.read;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import dev.steward.results.PlainName;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Result folders of one scenario, one host and one commit as if they were one folder with more repeats. Nothing is
 * added up here: every cell keeps its own histograms. Immutable.
 *
 * @param folder   the only one, or all together
 * @param scenario settings that the load depends on; folders with other ones are never in the same pool
 * @param host     machine, JVM and commit; folders with other ones are never in the same pool
 * @param files    JSON file of each planned cell by its id, whether it exists or not; none for an id that is odd
 * @param folders  names of the folders in the order they were given
 */
public record FolderPool(
    ResultFolder folder, Map<String, String> scenario, Map<String, String> host, Map<String, Path> files,
    List<String> folders) {
    /** Settings that say what a run is called and how much of it there is, not what its load is. */
    private static final Set<String> NOT_OF_THE_LOAD = Set.of("name", "description", "seed", "repeats");
    private static final String COMMIT = "commit";

    /**
     * Puts folders together that may be put together.
     *
     * @param byPath folders as read, by where they are, in the order they are to be shown
     * @return one pool for each scenario, host and commit, in the order of their first folders
     */
    public static List<FolderPool> of(Map<Path, ResultFolder> byPath) {
        Map<List<Map<String, String>>, Map<Path, ResultFolder>> alike = new LinkedHashMap<>();
        byPath.forEach((path, folder) -> alike
            .computeIfAbsent(List.of(scenarioOf(folder.run()), hostOf(folder.run())), key -> new LinkedHashMap<>())
            .put(path, folder));
        Map<Path, String> names = names(byPath.keySet());
        return alike.entrySet().stream()
            .map(entry -> pool(entry.getKey().get(0), entry.getKey().get(1), entry.getValue(), names)).toList();
    }

    private static Map<String, String> scenarioOf(RunManifest run) {
        Map<String, String> settings = new TreeMap<>(run.scenario());
        settings.keySet().removeAll(NOT_OF_THE_LOAD);
        settings.put("events", run.events().source() + ", " + run.events().records() + " records");
        return settings;
    }

    private static Map<String, String> hostOf(RunManifest run) {
        Map<String, String> facts = new TreeMap<>();
        run.lastingFacts().forEach(fact -> facts.put(fact.key(), fact.value()));
        facts.put("cores", Integer.toString(run.cores()));
        facts.put(COMMIT, run.stewardVersion() + ", " + run.commit());
        return facts;
    }

    private static FolderPool pool(
        Map<String, String> scenario, Map<String, String> host, Map<Path, ResultFolder> folders,
        Map<Path, String> nameOf) {
        Map<String, Path> files = new LinkedHashMap<>();
        if (folders.size() == 1) {
            Map.Entry<Path, ResultFolder> only = folders.entrySet().iterator().next();
            only.getValue().run().cells().forEach(cell -> put(files, cell.id(), only.getKey(), cell.id()));
            return new FolderPool(only.getValue(), scenario, host, files, List.of(nameOf.get(only.getKey())));
        }
        List<RunManifest> runs = new ArrayList<>();
        List<CellResult> cells = new ArrayList<>();
        List<MissingCell> missing = new ArrayList<>();
        List<RunManifest.PlannedCell> planned = new ArrayList<>();
        List<TurnRecord> turns = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        int repeats = 0;
        for (Map.Entry<Path, ResultFolder> entry : folders.entrySet()) {
            Renamed renamed = new Renamed(nameOf.get(entry.getKey()), repeats);
            names.add(renamed.folder());
            ResultFolder folder = entry.getValue();
            folder.run().cells().forEach(cell -> {
                put(files, renamed.id(cell.id()), entry.getKey(), cell.id());
                planned.add(renamed.of(cell));
            });
            folder.cells().forEach(cell -> cells.add(renamed.of(cell)));
            folder.missing().forEach(cell -> missing.add(renamed.of(cell)));
            int generations = turns.stream().mapToInt(TurnRecord::generation).max().orElse(0);
            folder.turns().forEach(turn -> turns.add(turn.in(generations + turn.generation())));
            runs.add(folder.run());
            repeats += folder.run().cells().stream().mapToInt(RunManifest.PlannedCell::repeat).max().orElse(0);
        }
        return new FolderPool(new ResultFolder(together(runs, names, planned), cells, missing, turns), scenario, host,
            files, List.copyOf(names));
    }

    private static void put(Map<String, Path> files, String id, Path folder, String cell) {
        if (PlainName.is(cell)) {
            files.put(id, folder.resolve("cells").resolve(cell + ".json"));
        }
    }

    /** The last names of the paths, as many of each as tell all of them apart. */
    private static Map<Path, String> names(Set<Path> folders) {
        int longest = folders.stream().mapToInt(folder -> whole(folder).getNameCount()).max().orElse(0);
        int last = 1;
        while (last < longest && names(folders, last).values().stream().distinct().count() < folders.size()) {
            last++;
        }
        return names(folders, last);
    }

    private static Map<Path, String> names(Set<Path> folders, int last) {
        Map<Path, String> names = new LinkedHashMap<>();
        folders.forEach(folder -> {
            int parts = whole(folder).getNameCount();
            names.put(folder, parts == 0 ? folder.toString()
                : whole(folder).subpath(Math.max(0, parts - last), parts).toString());
        });
        return names;
    }

    private static Path whole(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /**
     * Several runs as one: the first stands for what all have in common; what differs is listed or taken at its worst.
     *
     * @param names   of all, for the name of the one
     * @param planned cells of the one
     */
    public static RunManifest together(
        List<RunManifest> runs, Collection<String> names, List<RunManifest.PlannedCell> planned) {
        RunManifest first = runs.get(0);
        return new RunManifest(first.format(), first.version(), String.join(" + ", names), worst(runs),
            runs.stream().map(RunManifest::createdAt).min(String::compareTo).orElseThrow(),
            runs.stream().anyMatch(run -> run.finishedAt() == null) ? null
                : runs.stream().map(RunManifest::finishedAt).max(String::compareTo).orElseThrow(),
            String.join("; ", union(runs, run -> List.of(run.command()))), first.stewardVersion(), first.commit(),
            first.seed(), first.scenario(), first.scenarioName(), first.scenarioDescription(), first.events(),
            first.replay(), environment(runs), first.cores(),
            runs.stream().anyMatch(RunManifest::oversubscribed), calibration(runs), strategies(runs),
            union(runs, RunManifest::paths), union(runs, RunManifest::limits), planned, turns(runs));
    }

    private static List<RunManifest.EnvironmentEntry> environment(List<RunManifest> runs) {
        List<RunManifest.EnvironmentEntry> all = new ArrayList<>(union(runs, RunManifest::environment));
        if (runs.stream().map(RunManifest::seed).distinct().count() > 1) {
            all.add(new RunManifest.EnvironmentEntry(RunManifest.SEEDS, seeds(runs)));
        }
        return all;
    }

    /** What each part of the one was drawn from, so that it can be drawn again. */
    private static String seeds(List<RunManifest> runs) {
        List<String> seeds = new ArrayList<>();
        int before = 0;
        for (RunManifest run : runs) {
            int generations = run.turns() == null ? 0 : run.turns().generations();
            seeds.add(run.seed() + (generations == 0 ? "" : generations == 1 ? " in generation " + (before + 1)
                : " in generations " + (before + 1) + " to " + (before + generations)));
            before += generations;
        }
        return String.join(", ", seeds);
    }

    /** Of runs that ended at different looks the earliest: its intervals are the widest. */
    private static TurnPlan turns(List<RunManifest> runs) {
        List<TurnPlan> plans = runs.stream().map(RunManifest::turns).filter(Objects::nonNull).toList();
        return plans.stream().min(Comparator.comparingInt(TurnPlan::look))
            .map(first -> new TurnPlan(first.windowMs(), first.runIn(), first.rounds(),
                plans.stream().mapToInt(TurnPlan::generations).sum(),
                plans.stream().mapToLong(TurnPlan::budgetMs).sum(), plans.stream().mapToLong(TurnPlan::spentMs).sum(),
                first.look(), first.looks(), first.precision(),
                plans.stream().flatMap(plan -> plan.placement().stream()).distinct().toList(), null))
            .orElse(null);
    }

    private static RunManifest.Status worst(List<RunManifest> runs) {
        for (RunManifest.Status status : List.of(
            RunManifest.Status.FAILED, RunManifest.Status.INTERRUPTED, RunManifest.Status.RUNNING)) {
            if (runs.stream().anyMatch(run -> run.status() == status)) {
                return status;
            }
        }
        return RunManifest.Status.COMPLETE;
    }

    /** The first one; the first that knows what calls of the C library cost, if any does. */
    private static RunManifest.Calibration calibration(List<RunManifest> runs) {
        return runs.stream().map(RunManifest::calibration).filter(cost -> cost.nativePairNs() != null).findFirst()
            .orElse(runs.get(0).calibration());
    }

    private static List<RunManifest.StrategyInfo> strategies(List<RunManifest> runs) {
        Map<String, RunManifest.StrategyInfo> byName = new LinkedHashMap<>();
        runs.forEach(run -> run.strategies().forEach(strategy -> byName.putIfAbsent(strategy.name(), strategy)));
        return List.copyOf(byName.values());
    }

    private static <T> List<T> union(List<RunManifest> runs, Function<RunManifest, List<T>> list) {
        Set<T> all = new LinkedHashSet<>();
        runs.forEach(run -> all.addAll(list.apply(run)));
        return List.copyOf(all);
    }

    /** Cells of one folder among those of others: the folder's name before the id, repeats counted on. */
    private record Renamed(String folder, int repeatsBefore) {
        String id(String id) {
            return folder + "/" + id;
        }

        RunManifest.PlannedCell of(RunManifest.PlannedCell cell) {
            return new RunManifest.PlannedCell(id(cell.id()), cell.strategy(), cell.path(),
                repeatsBefore + cell.repeat(), cell.status(), cell.reasons());
        }

        CellResult of(CellResult cell) {
            CellRecord json = cell.json().renamed(id(cell.json().id()), repeatsBefore + cell.json().repeat());
            return new CellResult(json, cell.valid(), cell.reasons(), cell.histograms());
        }

        MissingCell of(MissingCell cell) {
            return new MissingCell(id(cell.id()), cell.strategy(), cell.path(), cell.kind(), cell.reasons(),
                cell.part());
        }
    }
}
