package dev.steward.reports.verdict;

import dev.steward.reports.read.MissingCell;
import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellRecord;
import dev.steward.results.Reason;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads one side from a result folder: ranked strategies alone, graded first. */
final class FolderSide {
    private FolderSide() {
    }

    static Side read(Path path) {
        ResultFolder folder = ResultFolder.read(path);
        List<CellGrade> grades = CellGrade.of(folder);
        return new Side(path.toString(), Side.FOLDER, folder.run().scenario(), machine(folder.run()),
            folder.run().turns() == null ? ofCells(folder, grades) : ofTurns(folder), problems(folder, grades));
    }

    private static Map<Side.Key, Side.Series> ofCells(ResultFolder folder, List<CellGrade> grades) {
        Map<Side.Key, Side.Series> series = new LinkedHashMap<>();
        for (String way : folder.run().paths()) {
            for (Figure figure : Figure.values()) {
                if (grades.stream().anyMatch(grade -> grade.cell().histograms().of(figure.tag()).count() > 0)) {
                    folder.run().strategies().stream().filter(RunManifest.StrategyInfo::ranked)
                        .filter(strategy -> planned(folder.run(), strategy.name(), way)).forEach(strategy -> series.put(
                            new Side.Key("path " + way, figure.label(), strategy.name()),
                            new Side.Series(Sample.of(grades, strategy.name(), way, figure), true, "ns")));
                }
            }
        }
        return series;
    }

    /** A generation counts as a repeat: nothing pairs it with one of another run. */
    private static Map<Side.Key, Side.Series> ofTurns(ResultFolder folder) {
        Map<Side.Key, Side.Series> series = new LinkedHashMap<>();
        for (String way : folder.run().paths()) {
            TurnRounds rounds = TurnRounds.of(folder.turns(), folder.run().turns(), way);
            for (TurnFigure figure : TurnFigure.values()) {
                Map<String, Map<Integer, Double>> logs = rounds.logs(figure);
                for (RunManifest.StrategyInfo strategy : folder.run().strategies()) {
                    List<Sample.Value> values = logs.getOrDefault(strategy.name(), Map.of()).values().stream()
                        .map(log -> new Sample.Value(Math.exp(log), CellRecord.UNKNOWN)).toList();
                    if (strategy.ranked() && !values.isEmpty()) {
                        series.put(new Side.Key("path " + way, label(figure, rounds, way), strategy.name()),
                            new Side.Series(new Sample(strategy.name(), values, List.of()), true, "ns"));
                    }
                }
            }
        }
        return series;
    }

    /** With and without the wake-up of the handler are two figures, as inline they are not. */
    private static String label(TurnFigure figure, TurnRounds rounds, String path) {
        boolean withWakeUp = path.equals(CellRecord.RING) && !rounds.tag(figure).equals(figure.tag());
        return figure.label() + (withWakeUp ? " with the wake-up, by turns" : " by turns");
    }

    private static boolean planned(RunManifest run, String strategy, String path) {
        return run.cells().stream().anyMatch(cell -> cell.strategy().equals(strategy) && cell.path().equals(path));
    }

    private static Map<String, String> machine(RunManifest run) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("commit", run.commit());
        machine.put("steward", run.stewardVersion());
        machine.put("cores", Integer.toString(run.cores()));
        run.lastingFacts().forEach(fact -> machine.put(fact.key(), fact.value()));
        return machine;
    }

    private static List<String> problems(ResultFolder folder, List<CellGrade> grades) {
        List<String> problems = new ArrayList<>();
        for (CellGrade grade : grades) {
            if (!grade.cell().valid() && ranked(folder.run(), grade.cell().json().strategy())) {
                problems.add("INVALID " + grade.cell().json().id() + ": " + grade.cell().reasons().stream()
                    .map(Reason::sentence).collect(Collectors.joining("; ")));
            } else if (grade.cell().valid()) {
                grade.unsteady().forEach((tag, reason) ->
                    problems.add("not steady " + grade.cell().json().id() + ", " + tag + ": " + reason));
            }
        }
        for (MissingCell cell : folder.missing()) {
            problems.add("no data " + cell.id() + ": " + String.join("; ", cell.reasons().isEmpty()
                ? List.of("not run") : cell.reasons()));
        }
        return problems;
    }

    private static boolean ranked(RunManifest run, String strategy) {
        return run.strategies().stream().anyMatch(info -> info.name().equals(strategy) && info.ranked());
    }
}
