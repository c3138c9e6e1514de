package dev.steward.results;

import static dev.steward.results.Within.Range.BITS;
import static dev.steward.results.Within.Range.POSITIVE;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code run.json} says: what was asked, on which machine, which cells were planned and how they ended. Immutable.
 */
public record RunManifest(
    String format, int version, String name, Status status, String createdAt, @MayBeAbsent String finishedAt,
    String command, String stewardVersion, String commit, @Within(BITS) long seed,
    Map<String, String> scenario, String scenarioName, String scenarioDescription, Events events,
    @MayBeAbsent ReplaySummary replay, List<EnvironmentEntry> environment, @Within(POSITIVE) int cores,
    boolean oversubscribed, Calibration calibration, List<StrategyInfo> strategies, List<String> paths,
    List<String> limits, List<PlannedCell> cells, @MayBeAbsent TurnPlan turns) {
    /** Name of the file in a result folder. */
    public static final String FILE = "run.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-run";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;
    /** Of several runs that count as one: the fact that names the seed of each. */
    public static final String SEEDS = "seeds";
    private static final Set<String> MACHINE = Set.of("cpu", "logical cpus", "virtualised", "os", "jvm");
    private static final Set<String> OF_EACH_RUN = Set.of("noise", "load", SEEDS);

    /** Copies the lists, so that nobody can change them later. */
    public RunManifest {
        scenario = Collections.unmodifiableMap(new LinkedHashMap<>(scenario));
        environment = List.copyOf(environment);
        strategies = List.copyOf(strategies);
        paths = List.copyOf(paths);
        limits = List.copyOf(limits);
        cells = List.copyOf(cells);
    }

    /**
     * Reads that of a result folder.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static RunManifest read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), FORMAT, VERSION, RunManifest.class);
    }

    /**
     * The same run at another time.
     *
     * @param ended when it ended, ISO-8601 UTC, or null
     * @param there the cells as they stand
     * @param taken the turns as they stand, or null if there are none
     */
    public RunManifest at(Status now, String ended, List<PlannedCell> there, TurnPlan taken) {
        return new RunManifest(format, version, name, now, createdAt, ended, command, stewardVersion, commit, seed,
            scenario, scenarioName, scenarioDescription, events, replay, environment, cores, oversubscribed,
            calibration, strategies, paths, limits, there, taken);
    }

    /** {@return what latencies of two runs must have in common before they are put side by side} */
    public String machine() {
        return machineOf(environment);
    }

    /** {@return the same of facts of an environment} */
    public static String machineOf(List<EnvironmentEntry> facts) {
        return facts.stream().filter(fact -> MACHINE.contains(fact.key()))
            .map(fact -> fact.key() + " " + fact.value()).collect(Collectors.joining("; "));
    }

    /** {@return the facts of its environment that stay from run to run on the same machine} */
    public List<EnvironmentEntry> lastingFacts() {
        return environment.stream().filter(fact -> !OF_EACH_RUN.contains(fact.key())).toList();
    }

    /** How a run stands. */
    public enum Status {
        /** At work, or killed: in a folder that nobody works on it means killed. */
        @JsonProperty("running") RUNNING,
        /** Every planned cell was tried. */
        @JsonProperty("complete") COMPLETE,
        /** Stopped on request before the end. */
        @JsonProperty("interrupted") INTERRUPTED,
        /** Gave up. */
        @JsonProperty("failed") FAILED
    }

    /** How a cell ended, as {@code run.json} has it. */
    public enum CellStatus {
        /** Not begun, or not finished. */
        @JsonProperty("planned") PLANNED,
        /** Finished and valid. */
        @JsonProperty("ok") OK,
        /** Finished, and not to be believed for the reasons given. */
        @JsonProperty("invalid") INVALID,
        /** Finished, and disturbed on purpose. */
        @JsonProperty("disturbed") DISTURBED,
        /** Its JVM ended without a result. */
        @JsonProperty("failed") FAILED;

        /** {@return that of a finished cell} */
        public static CellStatus of(CellRecord.Status status) {
            return switch (status) {
                case OK -> OK;
                case INVALID -> INVALID;
                case DISTURBED -> DISTURBED;
            };
        }

        /** {@return whether the cell has come to its end} */
        public boolean finished() {
            return this == OK || this == INVALID || this == DISTURBED;
        }
    }

    /** Where the storm's records come from. */
    public record Events(String source, long records) {
    }

    /** One fact about the machine. */
    public record EnvironmentEntry(String key, String value) {
    }

    /**
     * Median cost of measuring, found at the start of the run.
     *
     * @param nativePairNs two calls of the C library that do nothing; null in a run in which no strategy calls it
     */
    public record Calibration(
        double clockNs, double recordNs, double oracleNs, double stageNs, @MayBeAbsent Double nativePairNs) {
    }

    /**
     * One strategy.
     *
     * @param floor      name of the strategy without protection to compare it with; null in older manifests
     * @param simplicity place among the kinds of lock, 1 for the simplest; null if it does not say
     * @param nativeCalls each section costs two calls of the C library, see {@link Calibration}; null in older files
     */
    public record StrategyInfo(
        String name, String title, String kernelPrimitive, boolean ranked, String context,
        @MayBeAbsent Boolean hardInterrupt, @MayBeAbsent Boolean reportMaySleep, @MayBeAbsent Boolean attachWaits,
        @MayBeAbsent String attachWaitsFor, String readerWrites, String notModelled, @MayBeAbsent String floor,
        @MayBeAbsent @Within(POSITIVE) Integer simplicity, @MayBeAbsent Boolean nativeCalls) {
        /** What stands behind the name of a strategy of the other build, where two builds take turns. */
        public static final String AGAINST = "@against";
        /** The simplest first; those that do not say last. */
        public static final Comparator<StrategyInfo> SIMPLEST_FIRST =
            Comparator.comparing(StrategyInfo::simplicity, Comparator.nullsLast(Comparator.naturalOrder()));

        /** {@return the same strategy of the other build} */
        public StrategyInfo against() {
            return new StrategyInfo(name + AGAINST, title, kernelPrimitive, ranked, context, hardInterrupt,
                reportMaySleep, attachWaits, attachWaitsFor, readerWrites, notModelled, floor, simplicity,
                nativeCalls);
        }
    }

    /** One cell of the plan. */
    public record PlannedCell(
        String id, String strategy, String path, int repeat, CellStatus status, List<String> reasons) {
        /** Copies the list. */
        public PlannedCell {
            reasons = List.copyOf(reasons);
        }
    }
}
