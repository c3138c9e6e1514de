package dev.steward.jmh.cmdqv;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.CommandLayout;

/**
 * The way of a guest's command to the hardware queue: by a queue of the guest's own, whose StreamIDs the VINTF
 * translates, or by a trap, after which the kernel looks the device up under the spinlock of the vDEVICEs
 * (docs/domain.md, 6.1, 6.2).
 *
 * <p>For one thread, the guest's processor. Does not allocate.
 */
public final class GuestCommands {
    /** Opcode: invalidate by address space, one of the commands that need no trap. */
    public static final int OP_TLBI_NH_ASID = 0x11;

    /** Opcode: invalidate by address, one of the commands that need no trap. */
    public static final int OP_TLBI_NH_VA = 0x12;

    /** Result: hardware took the command as it was. */
    public static final int BY_HARDWARE = 0;

    /** Result: the kernel converted the command. */
    public static final int TRAPPED = 1;

    private final VIommu viommu;
    private final Vintf vintf;
    private long issued;

    /** Opens the way for one vIOMMU; without an interface, null, everything traps. */
    public GuestCommands(VIommu viommu, Vintf vintf) {
        this.viommu = viommu;
        this.vintf = vintf;
    }

    /**
     * Issues a command.
     *
     * @param word0 first word, with the StreamID as the guest knows it.
     * @return {@link #BY_HARDWARE}, {@link #TRAPPED}, or -EIO for a StreamID that the guest does not have.
     */
    public int issue(long word0) {
        int opcode = CommandLayout.opcode(word0);
        if (vintf != null && (opcode == OP_TLBI_NH_ASID || opcode == OP_TLBI_NH_VA)) {
            issued = word0;
            return BY_HARDWARE;
        }
        if (vintf != null && opcode == CommandLayout.OP_ATC_INV) {
            long physical = vintf.physicalStreamIdOf(CommandLayout.streamId(word0));
            if (physical != Vintf.MISS) {
                issued = CommandLayout.withStreamId(word0, (int) physical);
                return BY_HARDWARE;
            }
        }
        return trap(word0, opcode);
    }

    private int trap(long word0, int opcode) {
        if (opcode == OP_TLBI_NH_ASID || opcode == OP_TLBI_NH_VA) {
            issued = word0;
            return TRAPPED;
        }
        long physical = viommu.physicalStreamIdOf(CommandLayout.streamId(word0));
        if (physical < 0) {
            return -Errno.EIO;
        }
        issued = CommandLayout.withStreamId(word0, (int) physical);
        return TRAPPED;
    }

    /** {@return the first word that the hardware queue got last, with the physical StreamID if it names a stream} */
    public long issued() {
        return issued;
    }
}
