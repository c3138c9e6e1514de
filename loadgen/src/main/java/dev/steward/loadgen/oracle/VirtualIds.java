package dev.steward.loadgen.oracle;

/**
 * The virtual StreamIDs of a cell: every pair of vIOMMU and device has two of its own, so that an id alone tells which
 * attachment it came from. A vDEVICE that is made anew in place takes the other of the two.
 *
 * <p>Real guests may use the same id twice; then a mixed snapshot could not be seen for what it is.
 */
public final class VirtualIds {
    public static final int NONE = -1;

    private static final int FIRST = 8;

    private final int devices;
    private final int viommus;

    public VirtualIds(int devices, int viommus) {
        this.devices = devices;
        this.viommus = viommus;
    }

    public int of(int viommu, int device) {
        return FIRST + viommu * devices + device;
    }

    public int otherOf(int viommu, int device) {
        return of(viommus + viommu, device);
    }

    /**
     * The vIOMMU that an id of a device belongs to.
     *
     * @param guess           number of a vIOMMU that is looked at first, since a division takes longer.
     * @return its number, or {@link #NONE} if the device never has that id.
     */
    public int viommuOf(int virtualStreamId, int device, int guess) {
        if (guess < viommus && (virtualStreamId == of(guess, device) || virtualStreamId == otherOf(guess, device))) {
            return guess;
        }
        int id = virtualStreamId - FIRST;
        if (id < 0 || id >= 2 * devices * viommus || id % devices != device) {
            return NONE;
        }
        return id / devices % viommus;
    }
}
