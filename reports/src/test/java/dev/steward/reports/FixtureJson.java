package dev.steward.reports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON of a synthetic run, every field of the format filled in. */
final class FixtureJson {
    private static final String[][] ORACLES = {
        {"torn-snapshot", "vIOMMU and vSID of two different attachments in one event"},
        {"destroyed-viommu", "event reported to a vIOMMU that was already destroyed"},
        {"after-attach-returned", "event reported to the old vIOMMU after its attach had returned"},
        {"wrong-vsid", "event carried a virtual StreamID that the guest never had"},
        {"sequence-gap", "vEVENTQ sequence number skipped without a lost-events marker"},
        {"stream-order", "two events of one stream arrived in the wrong order"},
        {"conservation", "generated events do not equal the sum of their fates"},
    };

    private FixtureJson() {
    }

    static ObjectNode run(List<String> strategies, List<String> paths) {
        ObjectNode run = Fixture.MAPPER.createObjectNode();
        run.put("format", "steward-run").put("version", 1).put("name", "golden").put("status", "complete");
        run.put("createdAt", "2026-02-03T04:05:06Z").put("finishedAt", "2026-02-03T04:15:06Z");
        run.put("command", "./steward run --scenario boot-storm --strategies " + String.join(",", strategies)
            + " --set 'storm.rate=10000/s' --seed 42");
        run.put("stewardVersion", "0.1.0").put("commit", "1bfc324aa11").put("seed", 42);
        run.putObject("scenario").put("storm.rate", "10000/s").put("churn.rate", "40/s").put("streams", "4096");
        run.put("scenarioName", "boot-storm");
        run.put("scenarioDescription", "Many guests attach their devices while a few streams fault.");
        run.putObject("events").put("source", "synthetic").put("records", 65536);
        ArrayNode environment = run.putArray("environment");
        environment.addObject().put("key", "machine").put("value", "Example CPU at 3.1 GHz, 8 logical CPUs, KVM guest");
        environment.addObject().put("key", "kernel").put("value", "Linux 6.15.0 x86_64");
        environment.addObject().put("key", "JVM").put("value", "OpenJDK 17.0.15+6, Parallel GC");
        environment.addObject().put("key", "JVM flags").put("value", "-Xms1g -Xmx1g -XX:+UseParallelGC");
        run.put("cores", 8).put("oversubscribed", false);
        run.putObject("calibration").put("clockNs", 21.5).put("recordNs", 7).put("oracleNs", 33).put("stageNs", 104);
        ArrayNode array = run.putArray("strategies");
        for (String strategy : strategies) {
            array.addObject().put("name", strategy).put("title", "Guard by " + strategy)
                .put("kernelPrimitive", "nearest to " + strategy).put("ranked", true)
                .put("context", "threaded interrupt handler; may sleep").put("hardInterrupt", false)
                .put("reportMaySleep", true).put("attachWaits", false).put("readerWrites", "one shared word")
                .put("notModelled", "priority inheritance");
        }
        paths.forEach(run.putArray("paths")::add);
        run.putArray("limits").add("A JVM cannot switch preemption off: a lock holder may be descheduled.")
            .add("JIT and garbage collection run beside the load.");
        run.putArray("cells");
        return run;
    }

    static ObjectNode planned(String id, String strategy, String path, int repeat) {
        ObjectNode cell = Fixture.MAPPER.createObjectNode();
        cell.put("id", id).put("strategy", strategy).put("path", path).put("repeat", repeat).put("status", "ok");
        cell.putArray("reasons");
        return cell;
    }

    static ObjectNode cell(String id, String strategy, String path, int repeat) {
        ObjectNode cell = Fixture.MAPPER.createObjectNode();
        cell.put("format", "steward-cell").put("version", 1).put("id", id).put("strategy", strategy)
            .put("path", path).put("repeat", repeat).put("seed", 1000 + repeat).put("status", "ok");
        cell.putArray("reasons");
        cell.put("startedAt", "2026-02-03T04:06:0" + repeat + "Z");
        cell.put("startupMs", 412).put("warmupMs", 2000).put("measuredMs", 5000);
        ArrayNode waiting = cell.putArray("waiting");
        waiting.addObject().put("thread", "storm").put("wait", "park, then spin 60 us");
        waiting.addObject().put("thread", "handler").put("wait", "spin");
        cell.put("arrivalsDigest", "5f1d00" + repeat);
        ArrayNode rates = cell.putArray("rates");
        rates.addObject().put("load", "storm").put("targetPerSecond", 1000).put("achievedPerSecond", 999 + repeat)
            .put("scheduled", 5000).put("done", 5000);
        rates.addObject().put("load", "churn").put("targetPerSecond", 40).put("achievedPerSecond", 40)
            .put("scheduled", 200).put("done", 200);
        cell.putObject("ledger").put("generated", 7000).put("delivered", 6900 - repeat).put("lostAtRing", repeat)
            .put("lostInVeventq", 40).put("unattached", 30).put("unknownStream", 20).put("notForwarded", 6)
            .put("stallQueued", 0).put("stallAborted", 3).put("misreported", 0).put("merged", 0)
            .put("discardedAtDestroy", 0).put("stillQueued", 1).put("balance", 0);
        ArrayNode oracles = cell.putArray("oracles");
        for (String[] oracle : ORACLES) {
            oracles.addObject().put("name", oracle[0]).put("violations", 0).put("checks", 6900)
                .put("meaning", oracle[1]);
        }
        deliveries(cell.putObject("deliveries"), repeat);
        cell.putObject("stalls").put("queued", 0).put("answered", 0).put("answeredAutomatically", 0)
            .put("answeredTooLate", 0).put("aborted", 3).put("refused", 0);
        ArrayNode guests = cell.putArray("guests");
        guests.addObject().put("guest", 0).put("offered", 4000).put("delivered", 3900).put("lost", 40)
            .put("lostAtRing", 50).put("merged", 9).put("refused", 1);
        guests.addObject().put("guest", 1).put("offered", 600).put("delivered", 590).put("lost", 0)
            .put("lostAtRing", 6).put("merged", 0).put("refused", 0);
        guests.addObject().put("guest", 2).put("offered", 400).put("delivered", 390).put("lost", 1)
            .put("lostAtRing", 8).put("merged", 1).put("refused", 0);
        ArrayNode threads = cell.putArray("threads");
        threads.addObject().put("role", "handler").put("index", 0).put("operations", 5000).put("meanNs", 2500.5)
            .put("maxNs", 90_000);
        threads.addObject().put("role", "attach").put("index", 0).put("operations", 100).put("meanNs", 30_000)
            .put("maxNs", 900_000);
        threads.addObject().put("role", "attach").put("index", 1).put("operations", 100).put("meanNs", 90_000 * repeat)
            .put("maxNs", 990_000);
        cell.put("threadOverlap", Math.min(1, 0.99 + 0.001 * repeat));
        if (repeat == 1) {
            cell.putNull("stealShare");
        } else {
            cell.put("stealShare", 0.004 * repeat);
        }
        ArrayNode placement = cell.putArray("placement");
        boolean far = repeat == 3 && path.equals("inline");
        placement.addObject().put("when", "before").put("roundTripNs", far ? 440 : 84.5).put("class",
            far ? "far" : "near");
        placement.addObject().put("when", "after").put("roundTripNs", far ? 451 : 92).put("class",
            far ? "far" : "near");
        cell.putObject("guard").put("retries", 11 * repeat).put("fallbacks", repeat).put("readerWaits", 2)
            .put("gracePeriods", strategy.equals("srcu") ? 230 : 0).put("deferredPeakBytes", 0)
            .put("footprintBytes", 256);
        cell.withObject("/guard").putObject("contention").put("contended", 40 * repeat);
        if (strategy.equals("mutex")) {
            cell.withObject("/guard/contention").put("spins", 9_000 * repeat).put("yields", 0).put("steals", 3)
                .put("handOffs", 1).put("sleeps", 12).put("wakeUps", 11);
        } else if (strategy.equals("seqlock")) {
            ArrayNode reads = cell.withObject("/guard").putArray("retriedReads");
            for (int bucket = 7; bucket >= 0; bucket--) {
                reads.add(bucket < 4 ? 0 : bucket * repeat);
            }
        }
        cell.putObject("footprint").put("streamTableBytes", 262144).put("guardBytes", 256)
            .put("veventqBytes", 1048576).put("eventqBytes", 16384);
        cell.putObject("attach").put("replace", 150).put("detachAttach", 70).put("sameViommu", 60)
            .put("syncs", 500).put("disruptive", 12);
        cell.withObject("/attach").putObject("operations").put("replace", 150).put("detach-attach", 70)
            .put("same-viommu", 60);
        cell.put("sampleEvery", 16).put("saturated", 0);
        ObjectNode outliers = cell.putObject("outliers").put("pausesLogged", true).put("pauses", 2)
            .put("hiccups", repeat);
        outlierSet(outliers.putObject("events"), 1_000_000L * repeat, "lock", 0.25);
        outlierSet(outliers.putObject("attaches"), 0, "grace", 0);
        return cell;
    }

    private static void outlierSet(
        ObjectNode set, long excessNs, String cause, double share) {
        set.put("count", 16).put("sampledOf", 430).put("thresholdNs", 45_000).put("excessNs", excessNs);
        ArrayNode causes = set.putArray("causes");
        causes.addObject().put("cause", "machine").put("share", share == 0 ? 0 : 1 - share).put("dominant", 12)
            .put("meaning", "host or scheduler");
        causes.addObject().put("cause", cause).put("share", share).put("dominant", 4)
            .put("meaning", "while an attach committed");
    }

    private static void deliveries(ObjectNode deliveries, int repeat) {
        deliveries.put("right", 6800).put("unprovoked", 5);
        ArrayNode windows = deliveries.putArray("windows");
        for (int window = 1; window <= 8; window++) {
            windows.addObject().put("window", "W" + window).put("staleSameGuest", window == 2 ? 12 * repeat : 0)
                .put("crossGuest", window == 2 ? repeat : 0).put("lost", window == 4 ? 3 : 0)
                .put("oldestNs", window == 2 ? 41_000 * repeat : window == 4 ? 900 : 0)
                .put("meaning", "what window " + window + " is");
        }
    }
}
