package dev.steward.loadgen.rig;

/**
 * Tags of the interval log; {@code docs/results-format.md} says what each means.
 */
final class Tags {
    static final String EVENT_ENQUEUE = "event.enqueue";
    static final String EVENT_ENQUEUE_RAW = "event.enqueue.raw";
    /** Followed by the number of the guest. */
    static final String EVENT_GUEST = "event.enqueue.guest.";
    static final String EVENT_READ = "event.read";
    static final String EVENT_READ_RAW = "event.read.raw";
    static final String FAULT_RESPONSE = "fault.response";
    static final String ATTACH = "attach";
    static final String ATTACH_RAW = "attach.raw";
    static final String ATTACH_COMMIT = "attach.commit";
    static final String GRACE = "grace";
    static final String STAGE_RING = "stage.ring";
    static final String STAGE_LOCK = "stage.lock";
    static final String STAGE_SECTION = "stage.section";
    static final String STAGE_ENQUEUE = "stage.enqueue";
    static final String STAGE_UNLOCK = "stage.unlock";
    static final String SLIP_STORM = "slip.storm";
    static final String SLIP_CHURN = "slip.churn";
    static final String INVALIDATE = "invalidate";
    static final String INVALIDATE_RAW = "invalidate.raw";
    static final String SLIP_INVALIDATE = "slip.invalidate";
    static final String HICCUP = "hiccup";

    private Tags() {
    }
}
