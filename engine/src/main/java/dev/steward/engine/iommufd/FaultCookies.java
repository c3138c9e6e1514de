package dev.steward.engine.iommufd;

import java.util.Arrays;
import java.util.List;

/**
 * Faults that were read and not answered, by cookie: the model of the xarray {@code response}. A cookie is unique while
 * its fault is outstanding (invariant I12). Guarded by the mutex of the queue.
 */
final class FaultCookies {
    private static final int FIRST = 1;

    private Fault[] faults = new Fault[64];
    /** No cookie below this one is free. */
    private int lowestFree = FIRST;

    void add(Fault fault) {
        int cookie = lowestFree;
        while (cookie < faults.length && faults[cookie] != null) {
            cookie++;
        }
        if (cookie == faults.length) {
            faults = Arrays.copyOf(faults, faults.length * 2);
        }
        faults[cookie] = fault;
        fault.cookie = cookie;
        lowestFree = cookie + 1;
    }

    /** Null if no such cookie is outstanding. */
    Fault remove(int cookie) {
        if (cookie < FIRST || cookie >= faults.length || faults[cookie] == null) {
            return null;
        }
        Fault fault = faults[cookie];
        faults[cookie] = null;
        lowestFree = Math.min(lowestFree, cookie);
        return fault;
    }

    /** Moves all faults of a handle, or of any if it is null, in one pass. */
    void removeOf(AttachHandle handle, List<Fault> into) {
        for (int cookie = FIRST; cookie < faults.length; cookie++) {
            Fault fault = faults[cookie];
            if (fault != null && (handle == null || fault.handle == handle)) {
                into.add(remove(cookie));
            }
        }
    }
}
