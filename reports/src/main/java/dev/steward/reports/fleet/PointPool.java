package dev.steward.reports.fleet;

import dev.steward.reports.read.FolderPool;
import dev.steward.results.CellRecord;
import dev.steward.results.JsonFile;
import dev.steward.results.JsonLines;
import dev.steward.results.RunManifest;
import dev.steward.results.TaskAttempt;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one result folder of several of the same point. Nothing is averaged: generations and repeats are counted on,
 * and every round and histogram stays what it was. One alone is taken over byte by byte.
 */
final class PointPool {
    private static final String CELLS = "cells";
    private static final Pattern REPEAT = Pattern.compile("(.+-r)\\d+");

    private PointPool() {
    }

    /**
     * Writes a folder.
     *
     * @param results complete result folders, at least one, in the order in which they are counted
     * @param target  new
     * @throws IOException with the file that cannot be read or written
     */
    static void write(List<Path> results, Path target) throws IOException {
        if (results.size() == 1) {
            take(results.get(0), target);
            return;
        }
        Files.createDirectories(target.resolve(CELLS));
        List<RunManifest> runs = new ArrayList<>();
        List<TurnRecord> turns = new ArrayList<>();
        List<RunManifest.PlannedCell> cells = new ArrayList<>();
        for (Path result : results) {
            RunManifest run = RunManifest.read(result);
            int generations = runs.stream().map(RunManifest::turns).filter(Objects::nonNull)
                .mapToInt(TurnPlan::generations).sum();
            int repeats = cells.stream().mapToInt(RunManifest.PlannedCell::repeat).max().orElse(0);
            if (Files.exists(result.resolve(TurnRecord.FILE))) {
                TurnRecord.readAll(result).forEach(turn -> turns.add(turn.in(generations + turn.generation())));
            }
            for (RunManifest.PlannedCell cell : run.cells()) {
                cells.add(add(result.resolve(CELLS), cell, repeats + cell.repeat(), target.resolve(CELLS)));
            }
            runs.add(run);
        }
        RunManifest one = FolderPool.together(runs, List.of(target.getFileName().toString()), cells);
        TurnPlan plan = one.turns();
        if (!turns.isEmpty()) {
            JsonLines.write(target.resolve(TurnRecord.FILE), turns);
            plan = new TurnPlan(plan.windowMs(), plan.runIn(), plan.rounds(), plan.generations(), plan.budgetMs(),
                plan.spentMs(), plan.look(), plan.looks(), plan.precision(), plan.placement(),
                TurnPlan.Log.of(target));
        }
        JsonFile.write(target.resolve(RunManifest.FILE), one.at(one.status(), one.finishedAt(), cells, plan));
    }

    private static RunManifest.PlannedCell add(Path from, RunManifest.PlannedCell cell, int repeat, Path to)
        throws IOException {
        Matcher id = REPEAT.matcher(cell.id());
        String other = (id.matches() ? id.group(1) : cell.id() + "-r") + repeat;
        for (String suffix : List.of(".hlog", ".log")) {
            if (Files.exists(from.resolve(cell.id() + suffix))) {
                link(from.resolve(cell.id() + suffix), to.resolve(other + suffix));
            }
        }
        Path json = from.resolve(cell.id() + ".json");
        if (Files.exists(json)) {
            JsonFile.write(to.resolve(other + ".json"), CellRecord.read(json).renamed(other, repeat));
        }
        return new RunManifest.PlannedCell(
            other, cell.strategy(), cell.path(), repeat, cell.status(), cell.reasons());
    }

    private static void take(Path result, Path target) throws IOException {
        try (var files = Files.walk(result)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(result.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.endsWith(TaskAttempt.FILE)) {
                    link(file, copy);
                }
            }
        }
    }

    /** Results are never written to again, so both names may share their content. */
    private static void link(Path file, Path other) throws IOException {
        try {
            Files.createLink(other, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, other);
        }
    }
}
