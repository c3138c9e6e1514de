package dev.steward.loadgen.workload;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;

/**
 * A fault storm whose records are drawn from templates and whose StreamIDs follow a law.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal arrivals.
 */
public final class SyntheticStorm implements StormSource {
    private final ArrivalProcess arrivals;
    private final long[][] templates;
    private final WeightedChoice templateChoice;
    private final int[] streamIds;
    private final WeightedChoice streamChoice;
    private final Randomness random;
    private long serial;

    /**
     * A storm whose records follow a mix and whose StreamIDs follow a distribution of their own.
     *
     * @param streamIds      StreamIDs to draw from, or empty: the record keeps the StreamID of its template.
     * @param streamChoice   over the StreamIDs, or null if they are empty.
     */
    public SyntheticStorm(
        ArrivalProcess arrivals, long[][] templates, WeightedChoice templateChoice, int[] streamIds,
        WeightedChoice streamChoice, long seed) {
        this.arrivals = arrivals;
        this.templates = templates;
        this.templateChoice = templateChoice;
        this.streamIds = streamIds;
        this.streamChoice = streamChoice;
        this.random = new Randomness(seed);
    }

    @Override
    public void next(EventRecord record) {
        long[] template = templates[templateChoice.next(random)];
        long word0 = template[0];
        if (streamIds.length > 0) {
            word0 = EventRecordLayout.withStreamId(word0, streamIds[streamChoice.next(random)]);
        }
        record.word0 = word0;
        record.word1 = template[1];
        record.word2 = template[2];
        record.word3 = template[3];
        record.serial = serial++;
        record.intendedNs = arrivals.nextNs();
    }
}
