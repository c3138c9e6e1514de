package dev.steward.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a result folder of 1000 cells with 60 intervals each, to measure by hand how long a report takes: a program,
 * since its gigabyte has no place in a test. Run it with the folder to make as its argument.
 */
public final class LargeFolder {
    static final int STRATEGIES = 25;
    static final int REPEATS = 20;
    static final int SLICES = 60;
    private static final List<String> PATHS = List.of("inline", "ring");
    private static final int DIFFERENT_REPEATS = 2;

    private LargeFolder() {
    }

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), STRATEGIES, REPEATS, SLICES);
    }

    static Path write(Path folder, int strategies, int repeats, int slices) throws IOException {
        List<String> names = new ArrayList<>();
        for (int strategy = 0; strategy < strategies; strategy++) {
            names.add("strategy-" + strategy);
        }
        Files.createDirectories(folder.resolve("cells"));
        ObjectNode run = FixtureJson.run(names, PATHS);
        for (String path : PATHS) {
            for (String name : names) {
                for (int repeat = 1; repeat <= repeats; repeat++) {
                    String id = name + "-" + path + "-r" + repeat;
                    run.withArray("cells").add(FixtureJson.planned(id, name, path, repeat));
                    Files.writeString(folder.resolve("cells/" + id + ".json"),
                        FixtureJson.cell(id, name, path, repeat).toString());
                    // Drawing takes longer than reading: later repeats are copies.
                    Path log = folder.resolve("cells/" + id + ".hlog");
                    if (repeat <= DIFFERENT_REPEATS) {
                        Files.write(log, FixtureLog.draw(names.indexOf(name), path, repeat, slices));
                    } else {
                        Files.copy(folder.resolve("cells/" + name + "-" + path + "-r"
                            + (1 + repeat % DIFFERENT_REPEATS) + ".hlog"), log);
                    }
                }
            }
        }
        Files.writeString(folder.resolve("run.json"), run.toString());
        return folder;
    }
}
