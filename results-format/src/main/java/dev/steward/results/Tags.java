package dev.steward.results;

import java.util.List;

/** Names of the histograms in a cell's interval log. */
public final class Tags {
    /** Intended arrival until the record stands in the vEVENTQ. */
    public static final String EVENT_ENQUEUE = "event.enqueue";
    /** The same from the real start. */
    public static final String EVENT_ENQUEUE_RAW = "event.enqueue.raw";
    /** The same from when the handler was awake, if that was later: without what its wake-up took. */
    public static final String EVENT_ENQUEUE_AWAKE = "event.enqueue.awake";
    /** The same for the devices of one guest, whose number follows; one interval as long as the window. */
    public static final String EVENT_GUEST = "event.enqueue.guest.";
    /**
     * Deliveries of one window, whose name in lower case follows, after the attach had returned: the time since its
     * commit returned.
     */
    public static final String EVENT_AFTER = "event.after.";
    /** The same for events that reached the vIOMMU which that commit had replaced. */
    public static final String EVENT_AFTER_REPLACED = EVENT_AFTER + "replaced";
    /** Intended arrival until the VMM has read the record. */
    public static final String EVENT_READ = "event.read";
    /** The same from the real start. */
    public static final String EVENT_READ_RAW = "event.read.raw";
    /** Intended arrival of a stalled fault until its transaction was resumed with success. */
    public static final String FAULT_RESPONSE = "fault.response";
    /** Intended start of an attach operation until it returned. */
    public static final String ATTACH = "attach";
    /** Real start of it until it returned. */
    public static final String ATTACH_RAW = "attach.raw";
    /** The commit of the strategy alone, within the attach. */
    public static final String ATTACH_COMMIT = "attach.commit";
    /** Intended start of a batch of invalidations until its SYNC was done. */
    public static final String INVALIDATE = "invalidate";
    /** Real start of it until its SYNC was done. */
    public static final String INVALIDATE_RAW = "invalidate.raw";
    /** One grace period. */
    public static final String GRACE = "grace";
    /** Sampled: record written until the handler takes it. */
    public static final String STAGE_RING = "stage.ring";
    /** Sampled: the first look-up and the filter, before the guard is asked for the second. */
    public static final String STAGE_DECODE = "stage.decode";
    /** In older logs: wait and look-up in one. */
    public static final String STAGE_LOCK = "stage.lock";
    /** Sampled: from the question until the guard has let the event in. */
    public static final String STAGE_WAIT = "stage.wait";
    /** Sampled: from there until the vIOMMU of the stream is found. */
    public static final String STAGE_LOOK_UP = "stage.lookup";
    /** Sampled: inside the section, without the enqueue. */
    public static final String STAGE_SECTION = "stage.section";
    /** Sampled: report into the vEVENTQ. */
    public static final String STAGE_ENQUEUE = "stage.enqueue";
    /** Sampled, and a part of {@link #STAGE_ENQUEUE}: the wake-up of the VMM. */
    public static final String STAGE_WAKE = "stage.wake";
    /** Sampled: out of the section. */
    public static final String STAGE_UNLOCK = "stage.unlock";
    /** The storm generator's own lateness. */
    public static final String SLIP_STORM = "slip.storm";
    /** The churn generator's own lateness. */
    public static final String SLIP_CHURN = "slip.churn";
    /** The invalidating thread's own lateness. */
    public static final String SLIP_INVALIDATE = "slip.invalidate";
    /** What a sleeping thread overslept: the machine itself. */
    public static final String HICCUP = "hiccup";

    /** The stages of one event in the order it passes them. */
    public static final List<String> STAGES =
        List.of(STAGE_RING, STAGE_DECODE, STAGE_LOCK, STAGE_WAIT, STAGE_LOOK_UP, STAGE_SECTION, STAGE_ENQUEUE,
            STAGE_UNLOCK);
    /** Those that a guard has a part in. What the strategy without protection takes of them is no price of a lock. */
    public static final List<String> GUARD_STAGES =
        List.of(STAGE_DECODE, STAGE_LOCK, STAGE_WAIT, STAGE_LOOK_UP, STAGE_UNLOCK);
    /** What a report shows over time and judges the steady state by. */
    public static final List<String> OVER_TIME = List.of(EVENT_ENQUEUE, ATTACH, HICCUP);
    /** Tags with a line for each slice of the window; the others have one for the whole window. */
    public static final List<String> SLICED =
        List.of(EVENT_ENQUEUE, ATTACH, HICCUP, EVENT_ENQUEUE_RAW, STAGE_ENQUEUE);

    private Tags() {
    }

    /**
     * The lateness that a load's figures hold since they begin at the intended start.
     *
     * @return tag of the generator's own lateness; null for figures that hold none
     */
    public static String latenessOf(String tag) {
        return switch (tag) {
            case EVENT_ENQUEUE, EVENT_READ, FAULT_RESPONSE -> SLIP_STORM;
            case ATTACH -> SLIP_CHURN;
            case INVALIDATE -> SLIP_INVALIDATE;
            default -> null;
        };
    }
}
