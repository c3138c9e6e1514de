package dev.steward.loadgen.scenario;

import dev.steward.engine.iommufd.Allocation;
import java.util.Arrays;
import java.util.Locale;

/** What {@code fault.nth} counts. */
public enum FaultOperation {
    /** Events: each is lost. */
    REPORT(Allocation.EVENT, 1),
    /** Stalled faults: each is answered as if no queue took it. */
    FAULT_QUEUE(Allocation.FAULT, 1),
    /** The VMM tries again, and asks twice each time. */
    ATTACH(Allocation.ATTACH, 3),
    /** The device stays where it is; on the way back from a vIOMMU that goes, the VMM tries again. */
    REPLACE(Allocation.REPLACE, 3),
    /** The VMM tries again. */
    VDEVICE(Allocation.VDEVICE, 2);

    private final Allocation allocation;
    private final int fewest;

    FaultOperation(Allocation allocation, int fewest) {
        this.allocation = allocation;
        this.fewest = fewest;
    }

    /** The one that is written so. */
    public static FaultOperation of(String setting) {
        return Arrays.stream(values()).filter(one -> one.setting().equals(setting)).findFirst().orElseThrow();
    }

    static String[] settings() {
        return Arrays.stream(values()).map(FaultOperation::setting).toArray(String[]::new);
    }

    String setting() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the engine asks memory for in it. */
    public Allocation allocation() {
        return allocation;
    }

    /** The smallest {@code fault.nth} with which a VMM that tries again comes to an end. */
    int fewest() {
        return fewest;
    }
}
