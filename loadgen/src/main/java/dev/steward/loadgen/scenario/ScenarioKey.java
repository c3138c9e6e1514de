package dev.steward.loadgen.scenario;

import static dev.steward.loadgen.scenario.Pin.Manner.AUTO;
import static dev.steward.loadgen.scenario.Pin.Manner.COMPACT;
import static dev.steward.loadgen.scenario.Pin.Manner.NONE;
import static dev.steward.loadgen.scenario.Pin.Manner.OTHER_NODE;
import static dev.steward.loadgen.scenario.Pin.Manner.SAME_LLC;
import static dev.steward.loadgen.scenario.Pin.Manner.SPREAD;
import static dev.steward.loadgen.scenario.SettingType.choice;
import static dev.steward.loadgen.scenario.SettingType.cost;
import static dev.steward.loadgen.scenario.SettingType.decimal;
import static dev.steward.loadgen.scenario.SettingType.decimals;
import static dev.steward.loadgen.scenario.SettingType.disturbances;
import static dev.steward.loadgen.scenario.SettingType.duration;
import static dev.steward.loadgen.scenario.SettingType.fileName;
import static dev.steward.loadgen.scenario.SettingType.gracePeriods;
import static dev.steward.loadgen.scenario.SettingType.integer;
import static dev.steward.loadgen.scenario.SettingType.neededRate;
import static dev.steward.loadgen.scenario.SettingType.pin;
import static dev.steward.loadgen.scenario.SettingType.rate;
import static dev.steward.loadgen.scenario.SettingType.scheduling;
import static dev.steward.loadgen.scenario.SettingType.text;

import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.smmu.FaultFence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every setting of a scenario: its full key, what it may be, its default, what it means. The only list of them. */
public enum ScenarioKey {
    NAME("name", fileName(), "unnamed", "name of the scenario"),
    DESCRIPTION("description", text(), "", "one line on what it shows"),
    KERNEL("kernel", choice(KernelVersion.V6_11.releasesFromHere()), KernelVersion.NEWEST.release(),
        "release to follow where releases differ: attach handle, abort, invalidation array, vEVENTQ"),
    SMMUS("smmus", integer(1, 16), "1", "SMMUs, each with its own event handler, storm and streams"),
    STREAMS("streams", integer(1, 65_536), "64", "StreamIDs in use per SMMU"),
    STREAMS_PER_DEVICE("streamsPerDevice", integer(1, 4), "1", "streams that a device owns, of those that follow"),
    VIOMMUS("viommus", integer(1, 4_096), "8", "vIOMMUs per SMMU, at most one per device"),
    GUESTS("guests", integer(0, 4_096), "0", "guests (VMs), each with vIOMMUs on every SMMU; 0: one for each vIOMMU"),
    TABLE_FORMAT("table.format", choice("2-level", "linear"), "2-level", "form of the stream table"),
    TABLE_SPLIT("table.split", choice("6", "8", "10"), "8", "log2 of the entries of a level-2 block"),
    TABLE_SID_BITS("table.sidBits", integer(6, 32), "16", "StreamID size in bits (linear: at most 24)"),
    PATH("path", choice("both", "ring", "inline"), "both",
        "ring: through the event queue; inline: without it, the handler keeps the schedule; or both"),
    STORM_ARRIVAL("storm.arrival", arrivalLaw(), "poisson", "arrival law of the events"),
    STORM_RATE("storm.rate", neededRate(1, ArrivalSettings.MAX_STORM_RATE,
        "means no storm, but a cell measures events: churn alone cannot be run"), "20k/s",
        "events per second and SMMU"),
    STORM_AT_ONCE("storm.atOnce", integer(1, 65_536), "1", "events due at the same instant"),
    STORM_BURST_ON("storm.burst.on", lengthOfState(), "10ms", "bursts: all events fall into this time"),
    STORM_BURST_OFF("storm.burst.off", lengthOfState(), "90ms", "bursts: followed by this time without any"),
    STORM_MMPP_QUIET("storm.mmpp.quiet", lengthOfState(), "9ms", "mmpp: mean length of a quiet time"),
    STORM_MMPP_BUSY("storm.mmpp.busy", lengthOfState(), "1ms", "mmpp: mean length of a busy time"),
    STORM_MMPP_RATIO("storm.mmpp.ratio", decimal(1, 1e6), "50", "mmpp: rate when busy, times that when quiet"),
    STORM_RAMP_FROM("storm.ramp.from", decimal(0, 2), "0.2", "ramp: first rate over the mean; the last is 2 minus it"),
    STORM_STEPS_COUNT("storm.steps.count", integer(1, 64), "5", "steps: how many in the window"),
    STORM_STEPS_FACTOR("storm.steps.factor", decimal(0.1, 10), "2", "steps: rate of a step, times the one before"),
    STORM_LOGNORMAL_SIGMA("storm.lognormal.sigma", decimal(0, 2), "1", "lognormal: deviation of a gap's logarithm"),
    STORM_EVENTS("storm.events", text(), "synthetic", "kernel log to draw the records from, or 'synthetic'"),
    STORM_SKEW("storm.skew", choice("log", "uniform", "zipf", "hot", "guests"), "zipf",
        "how events spread over StreamIDs: as in the log, or by a law"),
    STORM_ZIPF_EXPONENT("storm.zipfExponent", decimal(0, 10), "0.99", "skew of zipf"),
    STORM_HOT_SHARE("storm.hotShare", decimal(0, 1), "0.9", "hot: share of the events that hit one stream"),
    STORM_GUEST_SHARES("storm.guestShares", decimals(0, 1, 1_024), "",
        "guests: shares of guest 0, 1, ...; those not named share evenly what is left of 1"),
    STORM_STALL_SHARE("storm.stallShare", decimal(0, 1), "0", "share of stalled faults, synthetic events only"),
    MIX_TRANSLATION("storm.mix.F_TRANSLATION", decimal(0, 1e6), "85", "weight in the synthetic mix"),
    MIX_PERMISSION("storm.mix.F_PERMISSION", decimal(0, 1e6), "10", "weight in the synthetic mix"),
    MIX_ACCESS("storm.mix.F_ACCESS", decimal(0, 1e6), "2", "weight in the synthetic mix"),
    MIX_BAD_CD("storm.mix.C_BAD_CD", decimal(0, 1e6), "2", "weight in the synthetic mix"),
    MIX_FORBIDDEN("storm.mix.F_TRANSL_FORBIDDEN", decimal(0, 1e6), "1", "weight of an id that is never forwarded"),
    CHURN_ARRIVAL("churn.arrival", arrivalLaw(), "poisson", "arrival law of the attach operations"),
    CHURN_RATE("churn.rate", rate(0, ArrivalSettings.MAX_CHURN_RATE), "1k/s",
        "attach operations per second and SMMU, 0 for none"),
    CHURN_AT_ONCE("churn.atOnce", integer(1, 65_536), "1", "operations due at the same instant"),
    CHURN_BURST_ON("churn.burst.on", lengthOfState(), "10ms", "bursts: all operations fall into this time"),
    CHURN_BURST_OFF("churn.burst.off", lengthOfState(), "90ms", "bursts: followed by this time without any"),
    CHURN_MMPP_QUIET("churn.mmpp.quiet", lengthOfState(), "9ms", "mmpp: mean length of a quiet time"),
    CHURN_MMPP_BUSY("churn.mmpp.busy", lengthOfState(), "1ms", "mmpp: mean length of a busy time"),
    CHURN_MMPP_RATIO("churn.mmpp.ratio", decimal(1, 1e6), "50", "mmpp: rate when busy, times that when quiet"),
    CHURN_RAMP_FROM("churn.ramp.from", decimal(0, 2), "0.2", "ramp: first rate over the mean; the last is 2 minus it"),
    CHURN_STEPS_COUNT("churn.steps.count", integer(1, 64), "5", "steps: how many in the window"),
    CHURN_STEPS_FACTOR("churn.steps.factor", decimal(0.1, 10), "2", "steps: rate of a step, times the one before"),
    CHURN_LOGNORMAL_SIGMA("churn.lognormal.sigma", decimal(0, 2), "1", "lognormal: deviation of a gap's logarithm"),
    CHURN_THREADS("churn.threads", integer(1, 64), "1", "threads that attach, per SMMU"),
    CHURN_TARGET("churn.target", choice("storm", "uniform"), "storm", "churn the streams that fault, or all alike"),
    CHURN_WITHIN("churn.within", choice("guest", "any"), "guest",
        "another vIOMMU is one of the same guest; any: stress, no VMM can do it, all guests share an iommufd context"),
    CHURN_REPLACE("churn.mix.replace", decimal(0, 1e6), "0", "weight: replace by another vIOMMU, see churn.within"),
    CHURN_DETACH_ATTACH("churn.mix.detach-attach", decimal(0, 1e6), "0",
        "weight: through the host's blocking domain, to another vIOMMU (churn.within) or back"),
    CHURN_SAME_VIOMMU("churn.mix.same-viommu", decimal(0, 1e6), "70", "weight: replace within the vIOMMU"),
    CHURN_BLOCK("churn.mix.block", decimal(0, 1e6), "20", "weight: nested, blocked by the guest, nested"),
    CHURN_MOVE("churn.mix.move", decimal(0, 1e6), "10",
        "weight: to another guest, closed and unbound here, bound and attached there"),
    CHURN_VDEVICE("churn.mix.vdevice", decimal(0, 1e6), "0", "weight: vDEVICE freed and allocated, then replace"),
    CHURN_UNPLUG("churn.mix.unplug", decimal(0, 1e6), "0", "weight: hot unplug and plug"),
    CHURN_VIOMMU("churn.mix.viommu", decimal(0, 1e6), "0", "weight: vIOMMU made, visited, destroyed"),
    CHURN_REBOOT("churn.mix.reboot", decimal(0, 1e6), "0", "weight: all devices of a guest blocked, then nested"),
    CHURN_MIGRATE("churn.mix.migrate", decimal(0, 1e6), "0", "weight: a guest and its vIOMMUs destroyed and remade"),
    INVALIDATION_RATE("invalidation.rate", rate(0, 10e6), "0",
        "ATC_INV of guests per second and SMMU (poisson batches), 0 for none"),
    INVALIDATION_BATCH("invalidation.batch", integer(1, 63), "16", "invalidation commands of a call, with one SYNC"),
    REPLAY_LOGS("replay.logs", text(), "none", "logs that are played as storm and churn; set by the command replay"),
    REPLAY_SPEED("replay.speed", decimal(1e-6, 1e6), "1", "how many times faster than the logs"),
    REPLAY_LOOP("replay.loop", choice("no", "yes"), "no", "begin anew at the end of the logs"),
    REPLAY_GAP("replay.gap", duration(1, 60_000_000_000L), "1ms", "gap between records where no clock tells"),
    REPLAY_MAX_GAP("replay.maxGap", duration(0, 3_600_000_000_000L), "0ns", "shorten longer pauses to this, 0: keep"),
    EVENTQ_LOG2_SIZE("eventq.log2size", integer(1, 19), "15", "log2 of the entries of the hardware event queue"),
    EVENTQ_MAX_STALLS("eventq.maxStalls", integer(0, 65_535), "64", "transactions stalled at a time, until resumed"),
    EVENTQ_MERGE("eventq.merge", choice("no", "yes"), "no", "merge equal records while one is queued (STE.MEV)"),
    STALLS("stalls", choice("abort", "queue"), "abort", "stalled faults: no fault queue, or one that the VMM answers"),
    FENCE("fence", choice(Arrays.stream(FaultFence.values()).map(FaultFence::setting).toArray(String[]::new)), "none",
        "stalls=queue: a detach waits for nobody, for the handler's stall, or for the drained queue (from 7.1 on)"),
    VEVENTQ_DEPTH("veventq.depth", integer(1, 524_288), "4096", "unread events a vEVENTQ holds"),
    VMM_WAKE("vmm.wake", choice("auto", "event", "poll"), "auto", "VMM woken by events, or polling (auto: by path)"),
    VMM_POLL("vmm.poll", duration(1_000, 1_000_000_000L), "100us", "interval of a polling VMM"),
    VMM_BATCH("vmm.batch", integer(1, 65_536), "64", "records a VMM takes from one vEVENTQ before the next"),
    VMM_RESPONSE_DELAY("vmm.responseDelay", duration(0, 10_000_000_000L), "10us",
        "from reading a fault to answering it"),
    VMM_STUCK_GUESTS("vmm.stuckGuests", integer(0, 4_096), "0", "guests, from the first, whose VMM does not read"),
    WAIT_STORM("wait.storm", waiting(), "auto", "how the storm waits for an arrival (auto: by cores)"),
    WAIT_HANDLER("wait.handler", waiting(), "auto",
        "how the handler waits: for records, on path inline for its next event (auto: by cores)"),
    LOSSES("losses", choice("invalid", "expected"), "invalid",
        "what it means if over 1 % of the events are lost: the cell is INVALID, or it was expected"),
    SECTION("section", cost(10_000_000L), "0ns", "busy time inside the guarded section, beside the enqueue"),
    PIN_STORM("pin.storm", pin(AUTO, NONE, COMPACT, SPREAD, SAME_LLC, OTHER_NODE), "auto",
        "CPUs of the storm threads, one each in turn; auto: a CPU for each thread where there are enough"),
    PIN_HANDLER("pin.handler", pin(AUTO, NONE, COMPACT, SPREAD), "auto",
        "CPUs of the event handlers; auto: one that no other thread of the cell uses, where there are two"),
    PIN_CHURN("pin.churn", pin(AUTO, NONE, COMPACT, SPREAD, SAME_LLC, OTHER_NODE), "auto",
        "CPUs of the attach threads; same-llc, other-node: as seen from the handler"),
    PIN_VMM("pin.vmm", pin(AUTO, NONE, COMPACT, SPREAD, SAME_LLC, OTHER_NODE), "auto",
        "CPUs of the VMM's threads: those that read and those that invalidate"),
    PIN_JVM("pin.jvm", pin(AUTO, NONE, SAME_LLC, OTHER_NODE), "auto",
        "CPUs of compilers and collector; auto: those that no thread of the cell uses, where any are left"),
    SCHED_STORM("sched.storm", scheduling(), "other", "how the kernel schedules the storm threads"),
    SCHED_HANDLER("sched.handler", scheduling("auto"), "auto",
        "the event handlers; auto: on path ring fifo:50 where allowed, other where they never sleep"),
    SCHED_CHURN("sched.churn", scheduling(), "other", "the attach threads"),
    SCHED_VMM("sched.vmm", scheduling(), "other", "the VMM's threads"),
    COST_WAKE_UP("cost.wakeUp", cost(10_000_000L), "0ns",
        "busy time to wake a VMM, for each element of a vEVENTQ, under its spinlock; no published figure"),
    COST_ALLOCATION("cost.allocation", cost(10_000_000L), "0ns",
        "busy time to allocate an event, by kernel under that spinlock or before it; no published figure"),
    COST_CONS("cost.cons", cost(10_000_000L), "0ns",
        "busy time to write CONS, for each record on path ring, in stage.ring, outside the lock; no published figure"),
    COST_PRINT("cost.print", cost(100_000_000L), "0ns",
        "busy time of the driver to print an event, at most 10 in 5 s in all, outside the lock; no published figure"),
    COST_FAULT_ALLOCATION("cost.faultAllocation", cost(100_000_000L), "0ns",
        "busy time to allocate the group of a stalled fault, inside the guarded section; no published figure"),
    COST_PAGE_RESPONSE("cost.pageResponse", cost(100_000_000L), "0ns",
        "busy time of an answer for space in the command queue, under the fault_param mutex; no published figure"),
    FAULT_OPERATION("fault.operation", choice(FaultOperation.settings()), "report",
        "whose allocations fail (-ENOMEM): the event is lost, or the device keeps its attachment"),
    FAULT_NTH("fault.nth", integer(0, Integer.MAX_VALUE), "0",
        "every n-th of them fails, 0: none; an attach or a replace makes two, in the core and in the driver"),
    STE_SYNC("steSync", cost(100_000L), "0ns", "busy time of one CFGI_STE + CMD_SYNC"),
    GRACE("grace", gracePeriods(60_000_000_000L), "model",
        "an attach waits for its readers (model), also for membarrier(GLOBAL) (kernel), or also for a given time"),
    SAMPLE_EVERY("sampleEvery", integer(1, 1_000_000), "16", "one event in so many is timed stage by stage"),
    COUNTERS("counters", choice("yes", "no"), "yes",
        "read what kernel and processor count of each thread, before and after the window of a cell"),
    DISTURB("disturb", disturbances(), "none",
        "disturb the threads on purpose, as torture --disturb does; oracles count then, latencies do not"),
    SEED("seed", integer(Long.MIN_VALUE, Long.MAX_VALUE), "42", "everything random is derived from it"),
    REHEARSAL("rehearsal", duration(0, 60_000_000_000L), "1s", "full speed on a throw-away engine, for the JIT"),
    WARMUP("warmup", duration(0, 600_000_000_000L), "1s", "load before the measured window"),
    DURATION("duration", duration(10_000_000L, 3_600_000_000_000L), "2s", "measured window of a cell"),
    TURN_WINDOW("turn.window", duration(0, 60_000_000_000L), "0ns",
        "measured window of a turn; 0: by the rates, at least 100ms"),
    TURN_ROUNDS("turn.rounds", integer(2, 1_000), "5", "rounds of turns that a generation of JVMs takes"),
    TURN_RUN_IN("turn.runIn", integer(1, 100), "3",
        "parts of the rehearsal, each followed by a turn that does not count"),
    REPEATS("repeats", integer(0, 1_000), "3",
        "cells per strategy and path in a replay; where turns are taken: one long cell, or none for 0");

    private final String key;
    private final SettingType type;
    private final String defaultValue;
    private final String meaning;

    ScenarioKey(String key, SettingType type, String defaultValue, String meaning) {
        this.key = key;
        this.type = type;
        this.defaultValue = type.canonical(defaultValue);
        this.meaning = meaning;
    }

    /** Full key, as in {@code --set} and with its dots unfolded in YAML. */
    public String key() {
        return key;
    }

    /** What the setting may be. */
    public String allowed() {
        return type.allowed();
    }

    /** Values of a setting that is one of a few words, empty for any other setting. */
    public List<String> choices() {
        return type.choices();
    }

    /** Value when nothing is said. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What the setting is. */
    public String meaning() {
        return meaning;
    }

    SettingType type() {
        return type;
    }

    private static SettingType arrivalLaw() {
        return choice("poisson", "constant", "bursts", "mmpp", "ramp", "steps", "lognormal");
    }

    private static SettingType waiting() {
        return choice("auto", "spin", "spin-park", "park", "yield");
    }

    private static SettingType lengthOfState() {
        return duration(10_000, 600_000_000_000L);
    }

    /** Finds a setting, empty if there is none of that name. */
    public static Optional<ScenarioKey> byKey(String key) {
        for (ScenarioKey candidate : values()) {
            if (candidate.key.equals(key)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Tells whether settings stand below a name. */
    static boolean isSection(String name) {
        for (ScenarioKey candidate : values()) {
            if (candidate.key.startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }
}
