package dev.steward.reports.debate;

import dev.steward.reports.folder.ResultFolder;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.summary.Summary;
import dev.steward.results.GridData;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the folder of a debate: one sweep for each question. */
public final class DebateReader {
    private DebateReader() {
    }

    /**
     * Reads all questions that have been measured.
     *
     * @param folder of a debate
     * @return topics by name, maybe none; points that have not run are left out
     * @throws UnreadableResultsException with one line, if a folder or a plan cannot be read
     */
    public static List<Topic> read(Path folder) {
        List<Path> sweeps;
        try (var content = Files.list(folder)) {
            sweeps = content.filter(one -> Files.exists(one.resolve(SweepManifest.FILE))).sorted().toList();
        } catch (IOException e) {
            throw new UnreadableResultsException(folder + ": cannot be read", e);
        }
        return sweeps.stream().map(DebateReader::topic).toList();
    }

    private static Topic topic(Path sweep) {
        SweepManifest data = GridReader.planOf(sweep);
        List<Topic.Point> points = new ArrayList<>();
        for (SweepManifest.Point point : data.points()) {
            Path run = sweep.resolve(point.id());
            if (Files.exists(run.resolve(RunManifest.FILE))) {
                points.add(new Topic.Point(point.at(), Summary.of(ResultFolder.read(run))));
            }
        }
        Map<String, String> axes = data.axes().stream().collect(Collectors.toMap(
            GridData.AxisData::key, GridData.AxisData::unit, (one, other) -> one, LinkedHashMap::new));
        return new Topic(data.name(), data.description(), axes, points);
    }
}
