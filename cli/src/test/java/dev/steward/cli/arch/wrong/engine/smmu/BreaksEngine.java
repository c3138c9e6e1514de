package dev.steward.cli.arch.wrong.engine.smmu;

import dev.steward.cli.arch.wrong.cli.Front;

/** An engine that knows the front door. */
public final class BreaksEngine {
    private final Front front;

    BreaksEngine(Front front) {
        this.front = front;
    }

    Front front() {
        return front;
    }
}
