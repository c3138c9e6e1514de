package dev.steward.loadgen.scenario;

import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_DETACH_ATTACH;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_MIGRATE;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_MOVE;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_RATE;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_REBOOT;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_REPLACE;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_SAME_VIOMMU;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_THREADS;
import static dev.steward.loadgen.scenario.ScenarioKey.CHURN_WITHIN;
import static dev.steward.loadgen.scenario.ScenarioKey.FAULT_NTH;
import static dev.steward.loadgen.scenario.ScenarioKey.FAULT_OPERATION;
import static dev.steward.loadgen.scenario.ScenarioKey.FENCE;
import static dev.steward.loadgen.scenario.ScenarioKey.GRACE;
import static dev.steward.loadgen.scenario.ScenarioKey.GUESTS;
import static dev.steward.loadgen.scenario.ScenarioKey.KERNEL;
import static dev.steward.loadgen.scenario.ScenarioKey.SMMUS;
import static dev.steward.loadgen.scenario.ScenarioKey.STALLS;
import static dev.steward.loadgen.scenario.ScenarioKey.STORM_EVENTS;
import static dev.steward.loadgen.scenario.ScenarioKey.STORM_GUEST_SHARES;
import static dev.steward.loadgen.scenario.ScenarioKey.STORM_RATE;
import static dev.steward.loadgen.scenario.ScenarioKey.STORM_SKEW;
import static dev.steward.loadgen.scenario.ScenarioKey.STREAMS;
import static dev.steward.loadgen.scenario.ScenarioKey.STREAMS_PER_DEVICE;
import static dev.steward.loadgen.scenario.ScenarioKey.TABLE_FORMAT;
import static dev.steward.loadgen.scenario.ScenarioKey.TABLE_SID_BITS;
import static dev.steward.loadgen.scenario.ScenarioKey.VIOMMUS;
import static dev.steward.loadgen.scenario.ScenarioKey.VMM_STUCK_GUESTS;

import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import dev.steward.strategy.KernelGracePeriod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/** Collects settings, later ones over earlier ones, and checks them one by one and against each other. */
public final class ScenarioBuilder {
    private static final String OVERRIDE = "--set";

    /** Value of {@code storm.events} when no log is used. */
    public static final String SYNTHETIC = "synthetic";

    /** Each takes 11 MB for its histograms. */
    private static final int MAX_ATTACH_THREADS = 128;
    private static final int MAX_LINEAR_SID_BITS = 24;
    private static final double ROUNDING = 1e-9;

    private final Map<ScenarioKey, String> values = new EnumMap<>(ScenarioKey.class);
    private final Map<ScenarioKey, String> origins = new EnumMap<>(ScenarioKey.class);
    private final Supplier<Optional<String>> kernelGracePeriods;

    /** Makes a builder without settings. */
    public ScenarioBuilder() {
        this(KernelGracePeriod::refusal);
    }

    /** One for a machine that says why it cannot show a grace period of its kernel, or nothing if it can. */
    ScenarioBuilder(Supplier<Optional<String>> kernelGracePeriods) {
        this.kernelGracePeriods = kernelGracePeriods;
    }

    /**
     * Adds all settings of a file.
     *
     * @throws ScenarioException if the file cannot be read or says something that is not allowed.
     */
    public ScenarioBuilder file(Path file) {
        ScenarioFile.read(file, this);
        return this;
    }

    /**
     * Adds an override as the command line gives it.
     *
     * @throws ScenarioException if it is no assignment, the key is unknown or the value not allowed.
     */
    public ScenarioBuilder override(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ScenarioException(
                "--set " + Wording.shown(assignment) + ": write key=value, as in --set storm.rate=50k/s");
        }
        return set(assignment.substring(0, equals).trim(), assignment.substring(equals + 1).trim(), OVERRIDE);
    }

    /**
     * Adds overrides as a command line gives them, and tells of them in the description, which is that of the scenario
     * without them.
     *
     * @throws ScenarioException as for one of them.
     */
    public ScenarioBuilder overrides(List<String> assignments) {
        assignments.forEach(this::override);
        if (!assignments.isEmpty() && !OVERRIDE.equals(origins.get(ScenarioKey.DESCRIPTION))) {
            values.merge(ScenarioKey.DESCRIPTION, "changed: " + String.join(", ", assignments),
                (described, changed) -> described.isBlank() ? changed : described + "; " + changed);
        }
        return this;
    }

    /**
     * Adds one setting.
     *
     * @throws ScenarioException if the key is unknown or the value not allowed.
     */
    public ScenarioBuilder set(String key, String value, String origin) {
        ScenarioKey known = ScenarioKey.byKey(key).orElseThrow(() -> unknown(key, origin));
        try {
            values.put(known, known.type().canonical(value));
        } catch (IllegalArgumentException e) {
            String allowed = e.getMessage().contains(known.allowed()) ? "" : " (allowed: " + known.allowed() + ")";
            throw new ScenarioException(
                where(origin, key) + ": '" + Wording.shown(value) + "' " + e.getMessage() + allowed);
        }
        origins.put(known, origin);
        return this;
    }

    /**
     * Fills in the defaults and checks the whole.
     *
     * @throws ScenarioException if settings contradict each other.
     */
    public Scenario build() {
        Map<ScenarioKey, String> complete = new EnumMap<>(ScenarioKey.class);
        for (ScenarioKey key : ScenarioKey.values()) {
            complete.put(key, values.getOrDefault(key, key.defaultValue()));
        }
        Scenario scenario = new Scenario(complete);
        check(scenario);
        return scenario;
    }

    private void check(Scenario s) {
        int streams = s.count(STREAMS);
        checkDevices(s, streams);
        if (s.count(GUESTS) > s.count(VIOMMUS)) {
            refuse(GUESTS, s.text(GUESTS) + " guests for " + s.text(VIOMMUS) + " vIOMMUs; allowed: 0 to "
                + VIOMMUS.key());
        }
        int guests = s.guests();
        if (s.count(VMM_STUCK_GUESTS) > guests) {
            refuse(VMM_STUCK_GUESTS, s.text(VMM_STUCK_GUESTS) + " of " + guests + " guests; at most all of them");
        }
        int sidBits = s.count(TABLE_SID_BITS);
        if (s.text(TABLE_FORMAT).equals("linear") && sidBits > MAX_LINEAR_SID_BITS) {
            refuse(TABLE_SID_BITS, sidBits + " bits are too many for a linear table; allowed: 6 to "
                + MAX_LINEAR_SID_BITS + ", or " + TABLE_FORMAT.key() + "=2-level");
        }
        if (streams > 1L << sidBits) {
            refuse(STREAMS, streams + " streams do not fit in " + sidBits + "-bit StreamIDs; raise "
                + TABLE_SID_BITS.key());
        }
        boolean synthetic = s.text(STORM_EVENTS).equals(SYNTHETIC);
        if (synthetic && s.text(STORM_SKEW).equals("log")) {
            refuse(STORM_SKEW, "'log' needs a log in " + STORM_EVENTS.key() + "; allowed without: uniform, zipf, hot, "
                + "guests");
        }
        if (synthetic && sumOf(s, "storm.mix.") == 0) {
            refuse(ScenarioKey.MIX_TRANSLATION, "all weights of storm.mix are 0; at least one must be above 0");
        }
        if (DoubleStream.of(s.decimals(STORM_GUEST_SHARES)).sum() > 1 + ROUNDING) {
            refuse(STORM_GUEST_SHARES, "'" + Wording.shown(s.text(STORM_GUEST_SHARES))
                + "' adds up to more than 1; allowed: at most 1 in all");
        }
        checkKernel(s);
        checkFailures(s);
        if (s.text(GRACE).equals("kernel")) {
            kernelGracePeriods.get()
                .ifPresent(why -> refuse(GRACE, why + "; allowed here: model, a duration, file:PATH"));
        }
        ArrivalSettings.storm(s).check(this::refuse);
        if (s.ratePerSecond(CHURN_RATE) > 0) {
            ArrivalSettings.churn(s).check(this::refuse);
            checkChurn(s);
        }
    }

    private void checkKernel(Scenario s) {
        // The release that the series with the drain was posted for.
        KernelVersion first = KernelVersion.V7_1;
        if (s.text(FENCE).equals(FaultFence.DRAIN.setting())
            && KernelVersion.of(s.text(KERNEL)).compareTo(first) < 0) {
            refuse(FENCE, FaultFence.DRAIN.setting() + " is a step posted for kernels from " + first.release()
                + " on, and " + KERNEL.key() + "=" + s.text(KERNEL) + "; allowed: " + FaultFence.NONE.setting() + ", "
                + FaultFence.SOFTWARE.setting() + ", or " + KERNEL.key() + "="
                + String.join(", ", first.releasesFromHere()));
        }
    }

    private void checkFailures(Scenario s) {
        int fewest = FaultOperation.of(s.text(FAULT_OPERATION)).fewest();
        int nth = s.count(FAULT_NTH);
        if (nth > 0 && nth < fewest) {
            refuse(FAULT_NTH, nth + " with " + FAULT_OPERATION.key() + "=" + s.text(FAULT_OPERATION)
                + " never lets it succeed; allowed: 0, or " + fewest + " and more");
        }
    }

    private void checkDevices(Scenario s, int streams) {
        int perDevice = s.count(STREAMS_PER_DEVICE);
        if (streams % perDevice != 0) {
            refuse(STREAMS, streams + " is no multiple of " + STREAMS_PER_DEVICE.key() + "=" + perDevice);
        }
        if (perDevice > 1 && s.text(STALLS).equals("queue")) {
            refuse(STREAMS_PER_DEVICE, perDevice + " with " + STALLS.key()
                + "=queue: a fault queue takes faults of devices with one stream; allowed: 1, or " + STALLS.key()
                + "=abort");
        }
        if (s.count(VIOMMUS) > s.devices()) {
            refuse(VIOMMUS, s.text(VIOMMUS) + " vIOMMUs for " + devices(s) + "; allowed: 1 to "
                + (perDevice == 1 ? STREAMS.key() : Integer.toString(s.devices())));
        }
    }

    private static String devices(Scenario s) {
        return s.count(STREAMS_PER_DEVICE) == 1 ? s.devices() + " streams" : s.devices() + " devices";
    }

    private void checkChurn(Scenario s) {
        if (sumOf(s, "churn.mix.") == 0) {
            refuse(CHURN_SAME_VIOMMU,
                "all weights of churn.mix are 0; at least one must be above 0, or set churn.rate=0");
        }
        checkMoves(s);
        if (s.count(CHURN_THREADS) > s.devices()) {
            refuse(CHURN_THREADS, s.text(CHURN_THREADS) + " threads for " + devices(s) + "; at most one each");
        }
        int threads = s.count(CHURN_THREADS) * s.count(SMMUS);
        if (threads > MAX_ATTACH_THREADS) {
            refuse(CHURN_THREADS, s.text(CHURN_THREADS) + " threads on each of " + s.text(SMMUS)
                + " SMMUs are too many; allowed: " + MAX_ATTACH_THREADS + " in all");
        }
        if (s.ratePerSecond(CHURN_RATE) > s.ratePerSecond(STORM_RATE) * 100) {
            refuse(CHURN_RATE, "is over 100 times storm.rate: hardly an event would be measured; allowed: less");
        }
    }

    private void checkMoves(Scenario s) {
        int guests = s.guests();
        boolean within = !s.guestsShareContext();
        boolean another = s.decimal(CHURN_REPLACE) > 0;
        if (another && s.count(VIOMMUS) < 2) {
            refuse(VIOMMUS, CHURN_REPLACE.key() + " needs 2 or more; or set it to 0");
        }
        if (another && within && s.count(VIOMMUS) < 2 * guests) {
            refuse(CHURN_REPLACE, "with " + CHURN_WITHIN.key() + "=guest a device of a guest with one vIOMMU has no "
                + "other; allowed: " + VIOMMUS.key() + " at least twice " + GUESTS.key() + ", or for stress "
                + CHURN_WITHIN.key() + "=any, which no VMM can do");
        }
        if (s.decimal(CHURN_MOVE) > 0 && guests < 2) {
            refuse(s.count(VIOMMUS) < 2 ? VIOMMUS : GUESTS,
                CHURN_MOVE.key() + " needs 2 or more guests, so 2 or more vIOMMUs; or set it to 0");
        }
        boolean leaves = s.decimal(CHURN_MOVE) > 0 || !within && (another || s.decimal(CHURN_DETACH_ATTACH) > 0);
        if (leaves && s.decimal(CHURN_MIGRATE) > 0) {
            refuse(CHURN_MIGRATE, "a vIOMMU with the device of another guest cannot be destroyed; set "
                + CHURN_MOVE.key() + "=0 and " + CHURN_WITHIN.key() + "=guest");
        }
        if ((s.decimal(CHURN_MIGRATE) > 0 || s.decimal(CHURN_REBOOT) > 0) && s.count(CHURN_THREADS) > guests) {
            refuse(CHURN_THREADS, s.text(CHURN_THREADS) + " threads for operations on " + guests
                + " guests; at most one each");
        }
    }

    private static double sumOf(Scenario s, String prefix) {
        return Arrays.stream(ScenarioKey.values())
            .filter(key -> key.key().startsWith(prefix)).mapToDouble(s::decimal).sum();
    }

    private void refuse(ScenarioKey key, String why) {
        throw new ScenarioException(where(origins.getOrDefault(key, "default"), key.key()) + ": " + why);
    }

    /** An option that stands for one setting names it already. */
    private static String where(String origin, String key) {
        return origin.startsWith("--") && !origin.equals(OVERRIDE) ? origin : origin + ": " + key;
    }

    /**
     * Brings one setting into its canonical form, apart from any scenario.
     *
     * @throws ScenarioException if the key is unknown or the value not allowed.
     */
    public static String canonical(String key, String value, String origin) {
        ScenarioBuilder one = new ScenarioBuilder().set(key, value, origin);
        return one.values.values().iterator().next();
    }

    /** The complaint about a key that does not exist, with the nearest one that does. */
    public static ScenarioException unknown(String key, String origin) {
        return new ScenarioException(origin + ": unknown setting '" + Wording.shown(key) + "'; " + suggestion(key));
    }

    private static String suggestion(String key) {
        List<String> keys = Arrays.stream(ScenarioKey.values()).map(ScenarioKey::key).toList();
        return keys.stream().filter(one -> one.endsWith("." + key) && !ScenarioKey.isSection(key)).findFirst()
            .or(() -> Nearest.of(key, keys.stream()))
            .map(nearest -> "did you mean '" + nearest + "'?")
            .orElse("'" + Launcher.command() + " scenarios --keys' lists them all");
    }
}
