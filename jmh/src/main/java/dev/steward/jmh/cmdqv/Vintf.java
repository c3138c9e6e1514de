package dev.steward.jmh.cmdqv;

import dev.steward.engine.iommufd.Errno;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A virtual interface: what hardware knows of one VM's StreamIDs.
 *
 * <p>A slot is enabled by its match register, so that one is written last when a slot is set and first when it is
 * cleared: hardware, which may look at any time, never finds a virtual id with another one's physical id.
 *
 * <p>Threading: set and clear by one thread at a time (the lock of {@link CmdqvDriver}); look-ups by any. Memory modes:
 * registers are volatile.
 */
public final class Vintf {
    /** Answer of a look-up that no slot matches. */
    public static final long MISS = -1;

    private final int index;
    private final RegisterWatch watch;
    private final AtomicIntegerArray match;
    private final AtomicIntegerArray replace;
    private final boolean[] taken;

    Vintf(int index, int slots, RegisterWatch watch) {
        this.index = index;
        this.watch = watch;
        match = new AtomicIntegerArray(slots);
        replace = new AtomicIntegerArray(slots);
        taken = new boolean[slots];
    }

    /** {@return number of this interface, 0 or more} */
    public int index() {
        return index;
    }

    /** Takes the lowest free slot: its number, -EINVAL for an id over 32 bits, -ENOSPC if all are taken. */
    int set(long virtualStreamId, int physicalStreamId) {
        if (Long.compareUnsigned(virtualStreamId, 0xffff_ffffL) > 0) {
            return -Errno.EINVAL;
        }
        for (int slot = 0; slot < taken.length; slot++) {
            if (!taken[slot]) {
                taken[slot] = true;
                write(replace, slot, CmdqvLayout.replaceOffset(slot), physicalStreamId);
                write(match, slot, CmdqvLayout.matchOffset(slot), CmdqvLayout.match((int) virtualStreamId));
                return slot;
            }
        }
        return -Errno.ENOSPC;
    }

    void clear(int slot) {
        write(match, slot, CmdqvLayout.matchOffset(slot), 0);
        write(replace, slot, CmdqvLayout.replaceOffset(slot), 0);
        taken[slot] = false;
    }

    private void write(AtomicIntegerArray registers, int slot, int offset, int value) {
        registers.set(slot, value);
        watch.written(offset, value);
    }

    /**
     * What hardware does with the StreamID of a command of the guest: compares it with all slots.
     *
     * @param virtualStreamId 32 raw bits.
     * @return physical StreamID, 0 to 2^32 - 1, or {@link #MISS}.
     */
    public long physicalStreamIdOf(int virtualStreamId) {
        int wanted = CmdqvLayout.match(virtualStreamId);
        for (int slot = 0; slot < match.length(); slot++) {
            if (match.get(slot) == wanted) {
                return replace.get(slot) & 0xffff_ffffL;
            }
        }
        return MISS;
    }
}
