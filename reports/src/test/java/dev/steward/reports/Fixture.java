package dev.steward.reports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.results.CellRecord;
import dev.steward.results.Digest;
import dev.steward.results.JsonLines;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a synthetic result folder as the rig would: the JSON stands in memory first, so that a test can change any
 * field of it, then everything is written with real interval logs. Seeded: the same fixture gives the same bytes.
 */
public final class Fixture {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode run;
    private final Map<String, ObjectNode> cells = new LinkedHashMap<>();
    private final Map<String, byte[]> logs = new LinkedHashMap<>();
    private final List<TurnRecord> turns = new ArrayList<>();

    private Fixture(ObjectNode run) {
        this.run = run;
    }

    /** Six strategies, two of them not ranked, on two paths with three repeats; one INVALID and one failed cell. */
    public static Fixture standard() {
        Fixture fixture = of(List.of("no-lock", "mutex", "rwlock", "seqlock", "srcu", "unguarded"),
            List.of("ring", "inline"), 3);
        fixture.run.withArray("strategies").forEach(node -> {
            boolean strategy = !List.of("no-lock", "unguarded").contains(node.get("name").asText());
            ((ObjectNode) node).put("ranked", strategy);
        });
        for (String path : List.of("ring", "inline")) {
            for (int repeat = 1; repeat <= 3; repeat++) {
                fixture.violate("unguarded-" + path + "-r" + repeat, "torn-snapshot", 40 + repeat);
            }
        }
        fixture.invalidate("rwlock-inline-r2",
            "storm: achieved 9712/s of 10000/s asked, 2.9% off (bar 1%)", "threads overlapped 91.0% of the window");
        fixture.fail("mutex-ring-r3", "JVM ended with exit code 134, see cells/mutex-ring-r3.log");
        return fixture;
    }

    /** A plain complete run in which every cell is valid. */
    public static Fixture of(List<String> strategies, List<String> paths, int repeats) {
        Fixture fixture = new Fixture(FixtureJson.run(strategies, paths));
        for (int repeat = 1; repeat <= repeats; repeat++) {
            for (String path : paths) {
                for (String strategy : strategies) {
                    String id = strategy.replace('@', '.') + "-" + path + "-r" + repeat;
                    fixture.run.withArray("cells").add(FixtureJson.planned(id, strategy, path, repeat));
                    fixture.cells.put(id, FixtureJson.cell(id, strategy, path, repeat));
                    fixture.logs.put(id, FixtureLog.of(strategies.indexOf(strategy), path, repeat));
                }
            }
        }
        return fixture;
    }

    /** The manifest, to be changed before it is written. */
    public ObjectNode run() {
        return run;
    }

    /** JSON of a cell, to be changed before it is written. */
    public ObjectNode cell(String id) {
        return cells.get(id);
    }

    /** Entry of a cell in the manifest. */
    public ObjectNode planned(String id) {
        for (var node : run.withArray("cells")) {
            if (node.get("id").asText().equals(id)) {
                return (ObjectNode) node;
            }
        }
        throw new IllegalArgumentException(id);
    }

    /** The interval log of a cell. */
    public byte[] log(String id) {
        return logs.get(id);
    }

    /** Replaces the interval log of a cell, which is bound to the new one. */
    public Fixture log(String id, byte[] log) {
        logs.put(id, log);
        cells.get(id).put("logDigest", Digest.of(log, CellRecord.LOG_DIGITS));
        return this;
    }

    /** Gives every cell a load of invalidations, one command in a hundred a miss. */
    public Fixture invalidating(List<String> strategies) {
        run.withObject("/scenario").put("invalidation.rate", "16k/s");
        cells.forEach((id, cell) -> {
            cell.withArray("rates").addObject().put("load", "invalidation").put("targetPerSecond", 16_000)
                .put("achievedPerSecond", 15_984).put("scheduled", 16_000).put("done", 15_984);
            cell.putObject("invalidations").put("commands", 17_000).put("misses", 170).put("syncs", 1_060);
            logs.put(id, FixtureLog.invalidating(strategies.indexOf(cell.get("strategy").asText()),
                cell.get("path").asText(), cell.get("repeat").asInt()));
        });
        return this;
    }

    public Fixture invalidate(String id, String... reasons) {
        for (ObjectNode node : List.of(planned(id), cells.get(id))) {
            node.put("status", "invalid");
            ArrayNode array = node.putArray("reasons");
            List.of(reasons).forEach(array::add);
        }
        return this;
    }

    public Fixture violate(String id, String oracle, int violations) {
        for (var node : cells.get(id).withArray("oracles")) {
            if (node.get("name").asText().equals(oracle)) {
                ((ObjectNode) node).put("violations", violations).put("firstAtMs", 17);
            }
        }
        return invalidate(id, "oracle " + oracle + ": " + violations + " violations");
    }

    public Fixture fail(String id, String reason) {
        planned(id).put("status", "failed").putArray("reasons").add(reason);
        cells.remove(id);
        logs.remove(id);
        return this;
    }

    /** Leaves a cell as if the run had ended before it. */
    public Fixture neverRan(String id) {
        planned(id).put("status", "planned");
        cells.remove(id);
        logs.remove(id);
        return this;
    }

    /** Lets the contestants take turns. */
    public Fixture turns(Turns taken) {
        ObjectNode plan = MAPPER.valueToTree(taken.plan());
        plan.remove("log");
        run.set("turns", plan);
        // Of contestants that take turns run.json has what came after the cell; its own reasons stand in its file.
        run.path("cells").forEach(cell -> {
            if (cell.path("status").asText().equals("invalid")) {
                ((ObjectNode) cell).putArray("reasons");
            }
        });
        turns.clear();
        turns.addAll(taken.records());
        return this;
    }

    public Path write(Path folder) {
        try {
            Files.createDirectories(folder.resolve("cells"));
            for (TurnRecord turn : turns) {
                JsonLines.append(folder.resolve(TurnRecord.FILE), turn);
            }
            Files.writeString(folder.resolve("run.json"), run.toPrettyString());
            for (Map.Entry<String, ObjectNode> cell : cells.entrySet()) {
                Files.writeString(folder.resolve("cells").resolve(cell.getKey() + ".json"),
                    cell.getValue().toPrettyString());
                Files.write(folder.resolve("cells").resolve(cell.getKey() + ".hlog"), logs.get(cell.getKey()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
