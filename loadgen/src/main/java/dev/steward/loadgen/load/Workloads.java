package dev.steward.loadgen.load;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.replay.ReplayChurn;
import dev.steward.loadgen.replay.ReplayStorm;
import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.scenario.ArrivalSettings;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.loadgen.workload.DealtArrivals;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.loadgen.workload.SyntheticChurn;
import dev.steward.loadgen.workload.SyntheticInvalidations;
import dev.steward.loadgen.workload.SyntheticStorm;
import dev.steward.loadgen.workload.WeightedChoice;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes the loads of a cell from its scenario. The seed of each is derived from the scenario's seed, the repeat and a
 * role name; strategy and path have no part in it, so that all face the same arrivals.
 */
public final class Workloads {
    /** Any: the SMMU puts its own in when the transaction stalls. Part of the digest. */
    private static final int STALL_TAG = 1;
    private static final String CHURN_MIX = "churn.mix.";
    /** Arrivals of each load that go into the digest. */
    private static final int DIGESTED = 200_000;

    private final Scenario scenario;
    private final EventLog log;
    private final ReplayTrace trace;
    private final StreamPlan streams;
    private final long seed;

    public Workloads(Scenario scenario, EventLog log, StreamPlan streams, int repeat) {
        this(scenario, log, null, streams, repeat);
    }

    /** Plays a trace; a load of which it has nothing is drawn as the scenario says. */
    public static Workloads replaying(Scenario scenario, ReplayTrace trace, StreamPlan streams, int repeat) {
        return new Workloads(scenario, null, trace, streams, repeat);
    }

    private Workloads(Scenario scenario, EventLog log, ReplayTrace trace, StreamPlan streams, int repeat) {
        this.scenario = scenario;
        this.log = log;
        this.trace = trace;
        this.streams = streams;
        seed = Randomness.derive(scenario.seed(), "repeat-" + repeat);
    }

    public long seed() {
        return seed;
    }

    /** Whether the events come from a trace: then their rate is its own. */
    public boolean replaysStorm() {
        return trace != null && trace.events() > 0;
    }

    /** Whether the attach operations come from a trace. */
    public boolean replaysChurn() {
        return trace != null && trace.attaches() > 0;
    }

    private boolean loops() {
        return scenario.text(ScenarioKey.REPLAY_LOOP).equals("yes");
    }

    public StormSource storm(int smmu) {
        if (replaysStorm()) {
            return new ReplayStorm(trace, scenario.decimal(ScenarioKey.REPLAY_SPEED), loops());
        }
        String role = "storm-arrivals-" + smmu;
        ArrivalProcess arrivals = arrivals(ArrivalSettings.storm(scenario), role, role, 0, 1);
        long choiceSeed = Randomness.derive(seed, "storm-records-" + smmu);
        List<long[]> templates = new ArrayList<>();
        double[] weights = log == null ? synthetic(templates) : fromLog(templates);
        boolean ownIds = scenario.text(ScenarioKey.STORM_SKEW).equals("log");
        return new SyntheticStorm(
            arrivals,
            templates.toArray(long[][]::new),
            WeightedChoice.of(weights),
            ownIds ? new int[0] : streams.streamIds(),
            ownIds ? null : WeightedChoice.of(streams.weights()),
            choiceSeed);
    }

    public ChurnSource churn(int smmu, int thread) {
        int threads = scenario.count(ScenarioKey.CHURN_THREADS);
        if (replaysChurn()) {
            return new ReplayChurn(
                trace, scenario.decimal(ScenarioKey.REPLAY_SPEED), loops(), thread, threads,
                Randomness.derive(seed, "churn-operations-" + smmu + "-" + thread));
        }
        String role = "churn-arrivals-" + smmu;
        ArrivalProcess arrivals = arrivals(ArrivalSettings.churn(scenario), role, role + "-" + thread, thread, threads);
        return new SyntheticChurn(
            arrivals,
            WeightedChoice.of(kindWeights(scenario)),
            WeightedChoice.of(churnWeights(thread, threads)),
            Randomness.derive(seed, "churn-operations-" + smmu + "-" + thread));
    }

    /** The batches of invalidations of one SMMU; their rate is above 0. */
    public SyntheticInvalidations invalidations(int smmu) {
        double batches = scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE)
            / scenario.count(ScenarioKey.INVALIDATION_BATCH);
        return new SyntheticInvalidations(
            ArrivalProcess.poisson(batches, Randomness.derive(seed, "invalidation-arrivals-" + smmu)),
            streams.count(),
            Randomness.derive(seed, "invalidation-streams-" + smmu));
    }

    private static double[] kindWeights(Scenario scenario) {
        double[] weights = new double[ChurnKind.values().length];
        int used = 0;
        for (ChurnKind kind : ChurnKind.values()) {
            weights[kind.ordinal()] = scenario.decimal(CHURN_MIX + kind.label());
            used = weights[kind.ordinal()] > 0 ? kind.ordinal() + 1 : used;
        }
        // A kind that is added to the list of kinds must not change the arrivals of those who do not use it.
        return Arrays.copyOf(weights, Math.max(used, ChurnKind.SAME_VIOMMU.ordinal() + 1));
    }

    /**
     * Streams are dealt out to the attach threads, so that one device has one attach thread; whole guests if there are
     * operations on guests.
     */
    private double[] churnWeights(int thread, int threads) {
        boolean asStorm = scenario.text(ScenarioKey.CHURN_TARGET).equals("storm");
        boolean byGuest = Arrays.stream(ChurnKind.values())
            .anyMatch(kind -> kind.onGuest() && scenario.decimal(CHURN_MIX + kind.label()) > 0);
        Topology topology = Topology.of(scenario);
        double[] own = new double[streams.count()];
        double[] weights = new double[streams.count()];
        for (int stream = 0; stream < weights.length; stream++) {
            boolean mine = (byGuest ? topology.guestOfStream(stream) : topology.deviceOf(stream)) % threads == thread;
            own[stream] = mine ? 1 : 0;
            weights[stream] = mine && asStorm ? streams.weights()[stream] : own[stream];
        }
        // A thread whose streams the storm never hits takes them all alike.
        return Arrays.stream(weights).sum() == 0 ? own : weights;
    }

    /**
     * The arrivals of one of several threads. Where independent processes add up to the law, each thread has its own;
     * else all threads draw the same instants and deal out what falls due, as evenly as possible.
     */
    private ArrivalProcess arrivals(ArrivalSettings settings, String role, String ownRole, int thread, int threads) {
        if (settings.addsUp()) {
            return settings.process(settings.ratePerSecond() / threads, Randomness.derive(seed, ownRole));
        }
        int atOnce = settings.atOnce();
        ArrivalProcess instants = settings.process(settings.ratePerSecond() / atOnce, Randomness.derive(seed, role));
        return new DealtArrivals(instants, atOnce, thread, threads);
    }

    private double[] fromLog(List<long[]> templates) {
        double[] weights = new double[log.size()];
        for (int record = 0; record < weights.length; record++) {
            long[] words = new long[EventRecordLayout.WORDS];
            log.copyRecord(record, words);
            templates.add(words);
            weights[record] = 1;
        }
        return weights;
    }

    private double[] synthetic(List<long[]> templates) {
        double stallShare = scenario.decimal(ScenarioKey.STORM_STALL_SHARE);
        List<Double> weights = new ArrayList<>();
        for (ScenarioKey key : ScenarioKey.values()) {
            String prefix = "storm.mix.";
            if (key.key().startsWith(prefix)) {
                EventId id = EventId.valueOf(key.key().substring(prefix.length()));
                double stalled = id.canStall() ? stallShare : 0;
                templates.add(template(id, false));
                weights.add(scenario.decimal(key) * (1 - stalled));
                templates.add(template(id, true));
                weights.add(scenario.decimal(key) * stalled);
            }
        }
        return weights.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static long[] template(EventId id, boolean stalled) {
        long word1 = id.hasStageAndClass()
            ? EventRecordLayout.word1(
                stalled ? STALL_TAG : 0, stalled, false, false, true, false,
                EventRecordLayout.CLASS_INPUT_ADDRESS, false)
            : 0;
        return new long[] {EventRecordLayout.word0(id.code(), 0), word1, 0, 0};
    }

    /** Hash over the first arrivals of every load: equal for equal seeds, whatever the machine did. */
    public String digest(long loadNs) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
        ByteBuffer words = ByteBuffer.allocate(4 * Long.BYTES);
        for (int smmu = 0; smmu < scenario.count(ScenarioKey.SMMUS); smmu++) {
            StormSource storm = storm(smmu);
            EventRecord event = new EventRecord();
            storm.next(event);
            for (int i = 0; i < DIGESTED && event.intendedNs < loadNs; i++) {
                update(digest, words, event.intendedNs, event.word0, event.word1, event.serial);
                storm.next(event);
            }
            boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
            for (int thread = 0; churned && thread < scenario.count(ScenarioKey.CHURN_THREADS); thread++) {
                ChurnSource churn = churn(smmu, thread);
                churn.next();
                for (int i = 0; i < DIGESTED && churn.intendedNs() < loadNs; i++) {
                    update(digest, words, churn.intendedNs(), churn.kind().ordinal(), churn.stream(), churn.draw());
                    churn.next();
                }
            }
            if (scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0) {
                SyntheticInvalidations batches = invalidations(smmu);
                batches.next();
                for (int i = 0; i < DIGESTED && batches.intendedNs() < loadNs; i++) {
                    update(digest, words, batches.intendedNs(), batches.stream(),
                        scenario.count(ScenarioKey.INVALIDATION_BATCH), 0);
                    batches.next();
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void update(MessageDigest digest, ByteBuffer words, long a, long b, long c, long d) {
        words.clear();
        words.putLong(a).putLong(b).putLong(c).putLong(d).flip();
        digest.update(words);
    }
}
