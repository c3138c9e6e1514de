package dev.steward.reports.debate;

import dev.steward.reports.guide.GridReader;
import dev.steward.reports.read.JmhResults;
import dev.steward.results.Units;
import dev.steward.results.GridData;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One question with what was measured for it.
 *
 * @param question as it was asked
 * @param points   what was measured where, in the order of the question
 * @param missing  points that were not, in words
 */
record Topic(Question question, List<Point> points, List<String> missing) {
    /** What a folder holds of a question; empty if nothing was begun. */
    static Optional<Topic> read(Path folder, Question question) {
        return question.benchmark() == null ? sweep(folder.resolve(question.name()), question)
            : benchmark(folder, question);
    }

    private static Optional<Topic> sweep(Path folder, Question question) {
        if (!Files.exists(folder.resolve(SweepManifest.FILE))) {
            return Optional.empty();
        }
        SweepManifest data = GridReader.planOf(folder);
        List<Point> points = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (SweepManifest.Point point : data.points()) {
            String where = data.axes().stream().map(axis -> where(axis, point)).collect(Collectors.joining(", "));
            if (Files.exists(folder.resolve(point.id()).resolve(RunManifest.FILE))) {
                points.add(Point.OfCells.read(where, folder.resolve(point.id())));
            } else {
                missing.add(where);
            }
        }
        return Optional.of(new Topic(question, points, missing));
    }

    private static String where(GridData.AxisData axis, SweepManifest.Point point) {
        return axis.key() + " " + Units.axis(point.at().get(axis.key()), axis.unit());
    }

    private static Optional<Topic> benchmark(Path folder, Question question) {
        List<Point> points = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int count : question.benchmark().threads()) {
            Path file = Question.Benchmark.fileOf(folder, question.name(), count);
            if (!Files.exists(file)) {
                missing.add("threads " + count);
                continue;
            }
            try {
                points.add(Point.OfThreads.of("threads " + count, JmhResults.read(file), count));
            } catch (IOException e) {
                throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
            }
        }
        return points.isEmpty() ? Optional.empty() : Optional.of(new Topic(question, points, missing));
    }
}
