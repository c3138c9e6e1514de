package dev.steward.reports.guide;

import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.verdict.TurnRounds;
import dev.steward.results.CellResult;
import dev.steward.results.GridData;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads grids: the folder of a sweep with all its raw data, or the one file that is made of it. */
public final class GridReader {
    private GridReader() {
    }

    /**
     * Reads a grid.
     *
     * @throws UnreadableResultsException with one line that names the file and the reason
     */
    public static GridData read(Path folderOrFile) {
        if (Files.isDirectory(folderOrFile)) {
            return ofSweep(folderOrFile);
        }
        try {
            return GridData.read(folderOrFile);
        } catch (IOException e) {
            throw new UnreadableResultsException(folderOrFile + ": " + e.getMessage(), e);
        }
    }

    /** Writes a grid as one file. */
    public static void write(GridData grid, Path file) throws IOException {
        JsonFile.write(file, grid);
    }

    private static GridData ofSweep(Path folder) {
        SweepManifest sweep = planOf(folder);
        List<GridData.PointData> points = new ArrayList<>();
        Set<String> machines = new LinkedHashSet<>();
        Map<String, GridData.StrategyData> strategies = new LinkedHashMap<>();
        String commit = null;
        boolean oversubscribed = false;
        Map<String, Double> precision = Map.of();
        for (SweepManifest.Point point : sweep.points()) {
            if (!Files.exists(folder.resolve(point.id()).resolve(RunManifest.FILE))) {
                continue;
            }
            ResultFolder run = ResultFolder.read(folder.resolve(point.id()));
            if (run.run().status() == RunManifest.Status.COMPLETE) {
                points.add(pointOf(point, run));
                machines.add(run.run().machine());
                commit = run.run().commit();
                oversubscribed |= run.run().oversubscribed();
                precision = run.run().turns() == null ? precision : run.run().turns().precision();
                run.run().strategies().forEach(one -> strategies.putIfAbsent(one.name(), strategyOf(one)));
            }
        }
        if (points.isEmpty()) {
            throw new UnreadableResultsException(folder + ": no point of the sweep has run to its end", null);
        }
        if (machines.size() > 1) {
            throw new UnreadableResultsException(folder + ": points of " + machines.size()
                + " machines, whose latencies do not compare: " + String.join(" | ", machines)
                + "; sweep each machine into a folder of its own", null);
        }
        return new GridData(GridData.FORMAT, GridData.VERSION, sweep.name(), sweep.description(),
            machines.iterator().next(), commit, sweep.command() == null ? "" : sweep.command(), sweep.settings(),
            sweep.axes(), List.copyOf(strategies.values()), points, oversubscribed,
            precision);
    }

    /**
     * Reads the plan of a sweep.
     *
     * @throws UnreadableResultsException with one line that names the file and the reason
     */
    public static SweepManifest planOf(Path folder) {
        try {
            return SweepManifest.read(folder);
        } catch (IOException e) {
            throw new UnreadableResultsException(folder.resolve(SweepManifest.FILE) + ": " + e.getMessage(), e);
        }
    }

    private static GridData.PointData pointOf(SweepManifest.Point point, ResultFolder run) {
        Map<String, List<GridData.TurnsData>> medians = medians(run);
        return new GridData.PointData(point.id(), point.at(), run.run().strategies().stream()
            .map(one -> resultOf(one.name(), run, medians.getOrDefault(one.name(), List.of()))).toList());
    }

    /** By strategy: one value for each generation. */
    private static Map<String, List<GridData.TurnsData>> medians(ResultFolder run) {
        Map<String, List<GridData.TurnsData>> medians = new HashMap<>();
        for (String path : run.turns().isEmpty() ? List.<String>of() : run.run().paths()) {
            TurnRounds rounds = TurnRounds.of(run.turns(), run.run().turns(), path);
            Map<String, String> tags = new LinkedHashMap<>();
            for (TurnFigure figure : TurnFigure.values()) {
                tags.put(figure.label(), rounds.tag(figure));
            }
            if (!tags.containsValue(Tags.EVENT_ENQUEUE_RAW)) {
                tags.put(Figures.EVENT_RAW, Tags.EVENT_ENQUEUE_RAW);
            }
            tags.forEach((figure, tag) -> rounds.logs(tag).forEach((strategy, logs) -> {
                Map<Integer, Double> ns = new TreeMap<>();
                logs.forEach((generation, log) -> ns.put(generation, Figures.tenths(Math.exp(log))));
                medians.computeIfAbsent(strategy, any -> new ArrayList<>())
                    .add(new GridData.TurnsData(path, figure, ns));
            }));
        }
        return medians;
    }

    private static GridData.Result resultOf(String strategy, ResultFolder run, List<GridData.TurnsData> turns) {
        List<CellResult> cells = run.cells().stream()
            .filter(cell -> cell.json().strategy().equals(strategy) && cell.valid()).toList();
        long planned = run.run().cells().stream().filter(cell -> cell.strategy().equals(strategy)).count();
        return new GridData.Result(strategy, (int) planned,
            cells.stream().map(cell -> new GridData.CellData(
                cell.json().id(), cell.json().placementClass(), Figures.of(cell.histograms()),
                turns.isEmpty() ? Figures.sliceMedians(cell.histograms()) : Map.of())).toList(),
            cells.stream().mapToLong(cell -> cell.json().footprint().guardBytes()).max().orElse(0), turns);
    }

    private static GridData.StrategyData strategyOf(RunManifest.StrategyInfo info) {
        return new GridData.StrategyData(info.name(), info.title(), info.kernelPrimitive(), info.ranked(),
            info.context(), Boolean.TRUE.equals(info.hardInterrupt()), Boolean.TRUE.equals(info.reportMaySleep()),
            !Boolean.FALSE.equals(info.attachWaits()), info.attachWaitsFor(),
            info.simplicity());
    }
}
