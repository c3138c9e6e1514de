package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The driver's vmaster: vIOMMU and virtual StreamID of one attach, made for it and freed by a later one
 * (docs/domain.md, 1.3).
 *
 * <p>Freeing overwrites it, as slab poisoning does: who still follows a pointer to it is found out. The pair is one
 * word because it never changes while it is published; what a design has to protect here is the life of it, not its
 * wholeness. Memory mode: opaque both ways; the pointer to it carries the order.
 */
final class VMaster {
    /** What a freed one says: a vIOMMU that nobody has. */
    static final long FREED = Attachment.of(0x6b6b_6b6b, 0x6b6b_6b6b);

    /** Held by the layout test. */
    static final long BYTES = 24;

    private static final VarHandle ATTACHMENT;

    static {
        try {
            ATTACHMENT = MethodHandles.lookup().findVarHandle(VMaster.class, "attachment", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Vsmmu vsmmu;
    private long attachment;

    VMaster(long attachment) {
        this(attachment, null);
    }

    VMaster(long attachment, Vsmmu vsmmu) {
        this.attachment = attachment;
        this.vsmmu = vsmmu;
    }

    /** A vmaster for an attachment, none for the states that are not one. */
    static VMaster of(long attachment) {
        return Attachment.isAttached(attachment) ? new VMaster(attachment) : null;
    }

    long attachment() {
        return (long) ATTACHMENT.getOpaque(this);
    }

    /** The counted vIOMMU, for designs that take a reference on it. */
    Vsmmu vsmmu() {
        return vsmmu;
    }

    void free() {
        ATTACHMENT.setOpaque(this, FREED);
    }

    static void free(VMaster old) {
        if (old != null) {
            old.free();
        }
    }

    /** What a look says of a pointer: its attachment, not attached for none, torn for one that has been freed. */
    static long snapshot(VMaster vmaster) {
        if (vmaster == null) {
            return Attachment.NOT_ATTACHED;
        }
        long attachment = vmaster.attachment();
        return attachment == FREED ? Attachment.TORN : attachment;
    }
}
