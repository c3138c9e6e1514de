package dev.steward.loadgen.guest;

import java.util.List;

/**
 * One guest as far as it lives on one SMMU: its devices and its vIOMMUs there, for operations on all of them.
 *
 * <p>Threading: one attach thread.
 */
public final class Guest {
    private final List<GuestDevice> devices;
    private final List<GuestViommu> slices;

    /**
     * Makes a guest.
     *
     * @param devices that are at home with the guest, at least one.
     * @param slices  its vIOMMUs, at least one.
     */
    public Guest(List<GuestDevice> devices, List<GuestViommu> slices) {
        this.devices = devices;
        this.slices = slices;
    }

    /** The guest's SMMU goes off and on again: all devices to blocked, then all to nested (docs/domain.md, 9.3). */
    public void reboot() {
        devices.forEach(GuestDevice::block);
        devices.forEach(GuestDevice::replaceBySame);
    }

    /**
     * The guest goes and comes: all devices are detached, its vIOMMUs destroyed and made anew, and all devices
     * attached, as when a machine is migrated away and another comes in its place.
     */
    public void migrate() {
        devices.forEach(GuestDevice::stop);
        slices.forEach(GuestViommu::close);
        int deviceId = devices.get(0).deviceId();
        slices.forEach(slice -> slice.open(deviceId));
        devices.forEach(GuestDevice::restart);
    }
}
