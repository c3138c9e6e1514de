package dev.steward.loadgen.oracle;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;

/**
 * Who belongs to whom on one SMMU, by number: streams to devices, these to vIOMMUs, vIOMMUs to guests. A guest has the
 * same vIOMMUs on every SMMU of a cell, since a vIOMMU is a slice of one SMMU only (docs/domain.md, 1.2).
 *
 * <p>Behind the vIOMMUs of the scenario stand spare numbers, one for each attach thread: for a vIOMMU that is made and
 * destroyed within one attach operation.
 *
 * @param devices          devices of the SMMU, 1 or more.
 * @param streamsPerDevice streams of each, which follow one another, 1 or more.
 * @param viommus          vIOMMUs of the SMMU, 1 to devices.
 * @param guests           guests, 1 to viommus.
 * @param spares           numbers behind the vIOMMUs, 0 or more.
 */
public record Topology(int devices, int streamsPerDevice, int viommus, int guests, int spares) {
    /** Devices with one stream each. */
    public Topology(int devices, int viommus, int guests, int spares) {
        this(devices, 1, viommus, guests, spares);
    }

    public static Topology of(Scenario scenario) {
        return new Topology(
            scenario.devices(),
            scenario.count(ScenarioKey.STREAMS_PER_DEVICE),
            scenario.count(ScenarioKey.VIOMMUS),
            scenario.guests(),
            scenario.count(ScenarioKey.CHURN_THREADS));
    }

    /** All numbers of vIOMMUs, the spare ones included. */
    public int viommuNumbers() {
        return viommus + spares;
    }

    public int deviceOf(int stream) {
        return stream / streamsPerDevice;
    }

    public int homeOf(int device) {
        return device % viommus;
    }

    public int guestOfDevice(int device) {
        return guestOf(homeOf(device));
    }

    public int guestOfStream(int stream) {
        return guestOfDevice(deviceOf(stream));
    }

    /** Of a vIOMMU that is not spare. */
    public int guestOf(int viommu) {
        return viommu % guests;
    }

    /** The guest that a device is with after it went to a vIOMMU: a spare one is of the guest it was with before. */
    public int guestWith(int viommu, int before) {
        return viommu < viommus ? guestOf(viommu) : before;
    }

    /**
     * A spare vIOMMU is of the guest whose device it was made for, and taken for the guest's own also by a backlog that
     * outlives a move of the device (own).
     */
    boolean sameGuest(int viommu, int other) {
        return viommu >= viommus || other >= viommus || guestOf(viommu) == guestOf(other);
    }

    public int viommusOf(int guest) {
        return (viommus - guest + guests - 1) / guests;
    }

    /** Another vIOMMU of any guest; the same if there is no other. */
    public int another(int viommu, int draw) {
        return viommus == 1 ? viommu : (viommu + 1 + draw % (viommus - 1)) % viommus;
    }

    /** Another vIOMMU of the same guest; the same if it has no other. */
    public int anotherOfGuest(int viommu, int draw) {
        int guest = guestOf(viommu);
        int count = viommusOf(guest);
        int position = count == 1 ? 0 : (viommu / guests + 1 + draw % (count - 1)) % count;
        return guest + position * guests;
    }

    /** A vIOMMU of another guest; there are two guests or more. */
    public int ofAnotherGuest(int viommu, int draw) {
        int others = guests - 1;
        int guest = (guestOf(viommu) + 1 + draw % others) % guests;
        return guest + draw / others % viommusOf(guest) * guests;
    }
}
