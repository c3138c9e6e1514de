package dev.steward.reports.debate;

import dev.steward.reports.debate.Question.Claim;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.read.JmhResults;
import dev.steward.results.GridData;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.Units;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One question with what was measured for it.
 *
 * @param question as it was asked
 * @param axes     the first is the one that is searched, the others move what is found
 * @param points   what was measured where, in the order of the question
 * @param missing  points that were not, in words
 * @param beyond   points whose load the machine did not offer in time, in words
 */
record Topic(
    Question question, List<GridData.AxisData> axes, List<Point> points, List<String> missing, List<String> beyond) {
    /** Of all intervals of a question together. */
    private static final double LEVEL = 0.95;

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
        List<String> beyond = new ArrayList<>();
        for (SweepManifest.Point point : data.points()) {
            if (!Files.exists(folder.resolve(point.id()).resolve(RunManifest.FILE))) {
                missing.add(where(question, data.axes(), point.at()));
                continue;
            }
            Point.OfTurns measured = Point.OfTurns.read(point.at(), folder.resolve(point.id()));
            // Counts are exact whatever was offered.
            if (measured.offered() || question.answer().thresholds().isEmpty()) {
                points.add(measured);
            } else {
                beyond.add(where(question, data.axes(), point.at()));
            }
        }
        return Optional.of(new Topic(question, data.axes(), points, missing, beyond));
    }

    private static Optional<Topic> benchmark(Path folder, Question question) {
        List<Point> points = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int count : question.benchmark().threads()) {
            Path file = Question.Benchmark.fileOf(folder, question.name(), count);
            if (!Files.exists(file)) {
                missing.add(count + question.answer().unit());
                continue;
            }
            try {
                points.add(Point.OfThreads.of(count, JmhResults.read(file)));
            } catch (IOException e) {
                throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
            }
        }
        List<Double> threads = question.benchmark().threads().stream().map(Integer::doubleValue).toList();
        return points.isEmpty() ? Optional.empty() : Optional.of(new Topic(
            question, List.of(new GridData.AxisData(Point.OfThreads.AXIS, "", threads)), points, missing, List.of()));
    }

    /** The axis that is searched goes by what the question counts along it: a setting may have another name. */
    private static String where(Question question, List<GridData.AxisData> axes, Map<String, Double> at) {
        GridData.AxisData first = axes.get(0);
        if (!counts(first) || question.answer().unit().isEmpty()) {
            return where(axes, at);
        }
        String rest = where(axes.subList(1, axes.size()), at);
        return Units.axis(at.get(first.key()), first.unit()) + question.answer().unit()
            + (rest.isEmpty() ? "" : ", " + rest);
    }

    private static boolean counts(GridData.AxisData axis) {
        return axis.unit().isEmpty();
    }

    /** What the axis that is searched is called above its values. */
    String axisInWords() {
        GridData.AxisData first = axes.get(0);
        return counts(first) && !question.answer().unit().isEmpty() ? question.answer().unit().strip() : first.key();
    }

    private static String where(List<GridData.AxisData> axes, Map<String, Double> at) {
        return axes.stream().map(axis -> axis.key() + " " + Units.axis(at.get(axis.key()), axis.unit()))
            .collect(Collectors.joining(", "));
    }

    /** The points of a claim under each setting of what moves it, in words; one without words if nothing does. */
    List<Curve> curves(Claim claim) {
        Map<String, List<Point>> byMover = new LinkedHashMap<>();
        for (Point point : points) {
            byMover.computeIfAbsent(where(axes.subList(1, axes.size()), point.at()), none -> new ArrayList<>())
                .add(point);
        }
        int family = question.answer().thresholds().size() * byMover.size();
        return byMover.entrySet().stream()
            .map(one -> new Curve(claim, axes.get(0), question.answer().unit(), one.getKey(), one.getValue(),
                1 - (1 - LEVEL) / family)).toList();
    }

    /** The machine and the build of what was measured; null for a benchmark. */
    RunManifest run() {
        return comparisons().stream().map(Point.OfTurns::run).findFirst().orElse(null);
    }

    List<Point.OfTurns> comparisons() {
        return points.stream().filter(Point.OfTurns.class::isInstance).map(Point.OfTurns.class::cast).toList();
    }
}
