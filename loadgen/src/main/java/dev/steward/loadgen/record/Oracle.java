package dev.steward.loadgen.record;

/** The properties that are checked while measuring (docs/domain.md, 11.1, and 5.5 for the fence of faults). */
public enum Oracle {
    TORN_SNAPSHOT("torn-snapshot", "vIOMMU of one attachment with the virtual StreamID of another"),
    DESTROYED_VIOMMU("destroyed-viommu", "an event was reported to a vIOMMU that had been destroyed"),
    AFTER_ATTACH_RETURNED("after-attach-returned",
        "an event reached the old vIOMMU, or missed the new one, although the attach had returned"),
    WRONG_VSID("wrong-vsid", "a virtual StreamID that this stream never had"),
    SEQUENCE_GAP("sequence-gap", "a gap in the sequence of a vEVENTQ that no counted loss explains"),
    QUEUE_DEPTH("queue-depth", "a vEVENTQ held more unread events than its depth"),
    RING_ACCOUNT("ring-account", "records of the event queue or its overflow flag do not add up"),
    HANDLER_ASLEEP("handler-asleep", "the handler slept beside records in the event queue, and nothing would wake it"),
    PINNED_DESTROY("pinned-destroy", "a vIOMMU lacked a pin, or was destroyed in spite of one"),
    MIXED_STE("mixed-ste", "the SMMU saw a stream table entry that was a mix of two"),
    KEPT_ATTACHMENT("kept-attachment", "an attach that found no memory had changed the entry, the guard or a pin"),
    STREAM_ORDER("stream-order", "events of one stream were reported out of order"),
    RESUMED_ONCE("resumed-once", "a stalled fault was resumed never or twice, or a stray answer was taken"),
    FAULT_FENCE("fault-fence", "a fault came through an attach handle that had been freed"),
    CONSERVATION("conservation", "generated events that are neither delivered, nor lost and counted, nor queued");

    private final String label;
    private final String meaning;

    Oracle(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    public String label() {
        return label;
    }

    public String meaning() {
        return meaning;
    }
}
