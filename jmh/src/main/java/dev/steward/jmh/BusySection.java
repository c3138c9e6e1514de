package dev.steward.jmh;

import dev.steward.engine.smmu.ReportSink;

/** A sink that holds the section for a time. Written by its thread alone. */
final class BusySection implements ReportSink {
    private final long lengthNs;
    private long sum;

    BusySection(long lengthNs) {
        this.lengthNs = lengthNs;
    }

    @Override
    public int report(int viommuId, int virtualStreamId) {
        sum += viommuId + virtualStreamId;
        if (lengthNs > 0) {
            long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < lengthNs) {
                Thread.onSpinWait();
            }
        }
        return (int) sum & Integer.MAX_VALUE;
    }
}
