package dev.steward.loadgen.rig;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;

/**
 * Who belongs to whom on one SMMU, by number: streams to vIOMMUs, vIOMMUs to guests. A guest has the same vIOMMUs on
 * every SMMU of a cell, since a vIOMMU is a slice of one SMMU only (domain reference 1.2).
 *
 * <p>Behind the vIOMMUs of the scenario stand spare numbers, one for each attach thread: for a vIOMMU that is made and
 * destroyed within one attach operation.
 *
 * @param streams streams of the SMMU, 1 or more.
 * @param viommus vIOMMUs of the SMMU, 1 to streams.
 * @param guests  guests, 1 to viommus.
 * @param spares  numbers behind the vIOMMUs, 0 or more.
 */
record Topology(int streams, int viommus, int guests, int spares) {
    static Topology of(Scenario scenario) {
        int viommus = scenario.count(ScenarioKey.VIOMMUS);
        int guests = scenario.count(ScenarioKey.GUESTS);
        return new Topology(
            scenario.count(ScenarioKey.STREAMS),
            viommus,
            guests == 0 ? viommus : guests,
            scenario.count(ScenarioKey.CHURN_THREADS));
    }

    /** All numbers of vIOMMUs, the spare ones included. */
    int slices() {
        return viommus + spares;
    }

    int homeOf(int stream) {
        return stream % viommus;
    }

    int guestOfStream(int stream) {
        return guestOf(homeOf(stream));
    }

    /** Of a vIOMMU that is not spare. */
    int guestOf(int viommu) {
        return viommu % guests;
    }

    /** A spare vIOMMU is of the guest whose device it was made for, so never of another. */
    boolean sameGuest(int viommu, int other) {
        return viommu >= viommus || other >= viommus || guestOf(viommu) == guestOf(other);
    }

    int viommusOf(int guest) {
        return (viommus - guest + guests - 1) / guests;
    }

    /** Another vIOMMU of any guest; there are two or more. */
    int another(int viommu, int draw) {
        return (viommu + 1 + draw % (viommus - 1)) % viommus;
    }

    /** Another vIOMMU of the same guest, which has two or more. */
    int anotherOfGuest(int viommu, int draw) {
        int guest = guestOf(viommu);
        int count = viommusOf(guest);
        int position = (viommu / guests + 1 + draw % (count - 1)) % count;
        return guest + position * guests;
    }
}
