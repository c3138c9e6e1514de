package dev.steward.loadgen.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.steward.loadgen.replay.ReplaySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Content of {@code run.json}, as {@code docs/results-format.md} lays it out; the names are the field names there.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
final class RunManifest {
    public final String format = "steward-run";
    public final int version = 1;
    public String name;
    public String status;
    public String createdAt;
    public String finishedAt;
    public String command;
    public String stewardVersion;
    public String commit;
    public long seed;
    public Map<String, String> scenario;
    public String scenarioName;
    public String scenarioDescription;
    public Events events;
    public ReplaySummary replay;
    public List<Entry> environment;
    public int cores;
    public boolean oversubscribed;
    public Costs calibration;
    public List<Strategy> strategies;
    public List<String> paths;
    public List<String> limits;
    public final List<Cell> cells = new ArrayList<>();

    /** Where the records of the storm came from. */
    record Events(String source, int records) {
    }

    /** One line of the environment. */
    record Entry(String key, String value) {
    }

    /** Cost of measuring, medians in nanoseconds. */
    record Costs(double clockNs, double recordNs, double oracleNs, double stageNs) {
    }

    /** One strategy. */
    record Strategy(
        String name,
        String title,
        String kernelPrimitive,
        boolean ranked,
        String context,
        boolean hardInterrupt,
        boolean reportMaySleep,
        boolean attachWaits,
        String readerWrites,
        String notModelled) {
    }

    /** One planned cell and how it ended. */
    static final class Cell {
        public String id;
        public String strategy;
        public String path;
        public int repeat;
        public String status = "planned";
        public List<String> reasons = List.of();
    }
}
