package dev.steward.loadgen.record;

/**
 * Tags of the interval log; {@code docs/results-format.md} says what each means.
 */
public final class Tags {
    public static final String EVENT_ENQUEUE = "event.enqueue";
    public static final String EVENT_ENQUEUE_RAW = "event.enqueue.raw";
    /** Followed by the number of the guest. */
    static final String EVENT_GUEST = "event.enqueue.guest.";
    public static final String EVENT_READ = "event.read";
    public static final String EVENT_READ_RAW = "event.read.raw";
    public static final String FAULT_RESPONSE = "fault.response";
    public static final String ATTACH = "attach";
    public static final String ATTACH_RAW = "attach.raw";
    public static final String ATTACH_COMMIT = "attach.commit";
    public static final String GRACE = "grace";
    public static final String STAGE_RING = "stage.ring";
    public static final String STAGE_LOCK = "stage.lock";
    public static final String STAGE_SECTION = "stage.section";
    public static final String STAGE_ENQUEUE = "stage.enqueue";
    public static final String STAGE_UNLOCK = "stage.unlock";
    public static final String SLIP_STORM = "slip.storm";
    public static final String SLIP_CHURN = "slip.churn";
    public static final String INVALIDATE = "invalidate";
    public static final String INVALIDATE_RAW = "invalidate.raw";
    public static final String SLIP_INVALIDATE = "slip.invalidate";
    public static final String HICCUP = "hiccup";

    private Tags() {
    }
}
