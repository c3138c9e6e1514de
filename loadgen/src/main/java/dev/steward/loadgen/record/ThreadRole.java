package dev.steward.loadgen.record;

import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a thread of a cell is there for, by its name. */
public enum ThreadRole {
    /** Handles events; on path inline it also plays the storm. */
    HANDLER(ScenarioKey.PIN_HANDLER, ScenarioKey.SCHED_HANDLER, "handler-"),
    /** Plays the hardware. */
    STORM(ScenarioKey.PIN_STORM, ScenarioKey.SCHED_STORM, "storm-"),
    /** Attaches. */
    CHURN(ScenarioKey.PIN_CHURN, ScenarioKey.SCHED_CHURN, "churn-"),
    /** Reads for the guests, and invalidates for them. */
    VMM(ScenarioKey.PIN_VMM, ScenarioKey.SCHED_VMM, "vmm", "invalidate-");

    private final ScenarioKey pin;
    private final ScenarioKey scheduling;
    private final List<String> prefixes;

    ThreadRole(ScenarioKey pin, ScenarioKey scheduling, String... prefixes) {
        this.pin = pin;
        this.scheduling = scheduling;
        this.prefixes = List.of(prefixes);
    }

    /** The setting that says where threads of it run. */
    ScenarioKey pin() {
        return pin;
    }

    /** The setting that says how the kernel schedules them. */
    ScenarioKey scheduling() {
        return scheduling;
    }

    /** Its word in settings and results. */
    public String label() {
        return pin.key().substring(pin.key().indexOf('.') + 1);
    }

    /** The role of a thread, empty for one that only looks on. */
    public static Optional<ThreadRole> of(String thread) {
        return Arrays.stream(values()).filter(role -> role.prefixes.stream().anyMatch(thread::startsWith)).findFirst();
    }
}
