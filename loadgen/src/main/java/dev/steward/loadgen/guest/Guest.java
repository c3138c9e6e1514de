package dev.steward.loadgen.guest;

import java.util.List;

/**
 * One guest as far as it lives on one SMMU: its devices and its vIOMMUs there, for operations on all of them.
 *
 * <p>Threading: one attach thread.
 */
public final class Guest {
    private final int number;
    private final List<GuestDevice> devices;
    private final List<GuestViommu> viommus;

    /**
     * Makes a guest.
     *
     * @param number  of the guest.
     * @param devices that are at home with the guest, at least one.
     * @param viommus its vIOMMUs, at least one.
     */
    public Guest(int number, List<GuestDevice> devices, List<GuestViommu> viommus) {
        this.number = number;
        this.devices = devices;
        this.viommus = viommus;
    }

    /**
     * The guest's SMMU goes off and on again: all its devices to blocked, then all to nested (docs/domain.md, 9.3). One
     * that is with another guest at the moment has no part in it.
     */
    public void reboot() {
        List<GuestDevice> present = devices.stream().filter(device -> device.guest() == number).toList();
        present.forEach(GuestDevice::block);
        present.forEach(GuestDevice::replaceBySame);
    }

    /**
     * All devices are detached, its vIOMMUs destroyed and made anew, and all devices
     * attached, as when a machine is migrated away and another comes in its place.
     */
    public void migrate() {
        devices.forEach(GuestDevice::stop);
        viommus.forEach(GuestViommu::close);
        int deviceId = devices.get(0).deviceId();
        viommus.forEach(viommu -> viommu.open(number, deviceId));
        devices.forEach(GuestDevice::start);
    }
}
