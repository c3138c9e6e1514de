package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;

/**
 * Two whole tables: readers use the one, the writer changes the other, sends the readers over, waits until the old one
 * is empty and changes it as well (Ramalhete and Correia 2015, "Left-Right: A Concurrency Control Technique with
 * Wait-Free Population Oblivious Reads").
 *
 * <p>Which table to read and at which of two indicators to arrive are two words, so that a writer can empty the old
 * indicator while readers arrive at the new one: readers never wait and never repeat.
 *
 * <p>Memory modes: a reader loads the indicator's number by acquire, arrives with a full fence, loads the side by
 * acquire, departs by release. The writer's stores to both words are volatile, its looks at the indicators volatile.
 */
@Description(
    name = "left-right",
    family = Family.COUNTED,
    title = "two tables; readers in one, the writer in the other",
    source = "Ramalhete & Correia 2015",
    kernelPrimitive = "seqcount_latch_t with a read indicator",
    context = "readers anywhere and may sleep; attach waits for all readers, twice",
    usage = Usage.WAITS_FOR_REPORT,
    simplicity = Simplicity.COPY_ON_WRITE,
    readerWrites = "its own slot of an indicator, twice (one full fence)",
    writerWrites = "the record in both tables, the side, the indicator's number",
    notModelled = "the indicator has a slot per reader and not per CPU")
final class LeftRightGuard extends PositionedGuard {
    private static final int SIDE = 0;
    private static final int INDICATOR = 1;
    private static final long ARRIVED = 1;

    private final AttachmentTable[] tables;
    private final ReaderSlots[] indicators;
    private final ReaderIds readers;
    /** Side and indicator, both of which every reader loads. */
    private final PaddedInts words = new PaddedInts(2);
    private final WriterLock writerLock;

    LeftRightGuard(GuardContext context) {
        super(context);
        writerLock = new WriterLock(context.contention());
        tables = new AttachmentTable[] {
            own(new AttachmentTable(index.capacity())), own(new AttachmentTable(index.capacity()))};
        indicators = new ReaderSlots[] {
            own(new ReaderSlots(context.maxReaders())), own(new ReaderSlots(context.maxReaders()))};
        readers = new ReaderIds(context.maxReaders());
    }

    @Override
    public Reader registerReader() {
        return new LeftRightReader(readers.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        writerLock.lock();
        try {
            int read = words.getPlain(SIDE);
            tables[1 - read].storeOpaque(position, attachment);
            words.setVolatile(SIDE, 1 - read);
            int arrivals = words.getPlain(INDICATOR);
            // Readers that loaded the number long ago may still arrive at the other one: it must be empty first.
            awaitEmpty(indicators[1 - arrivals]);
            words.setVolatile(INDICATOR, 1 - arrivals);
            awaitEmpty(indicators[arrivals]);
            tables[read].storeOpaque(position, attachment);
        } finally {
            writerLock.unlock();
        }
    }

    private static void awaitEmpty(ReaderSlots slots) {
        for (int round = 0; !slots.allIdle(); round++) {
            Backoff.pause(round);
        }
    }

    private final class LeftRightReader extends PositionedReader {
        // One load nearer than those of the guard, for each event.
        private final AttachmentTable[] ownTables = tables;
        private final ReaderSlots[] ownIndicators = indicators;
        private final PaddedInts ownWords = words;

        LeftRightReader(int slot) {
            super(index, slot, readers::release);
        }

        @Override
        long translateAt(int position) {
            ReaderSlots arrivedAt = arrive();
            try {
                return ownTables[ownWords.getAcquire(SIDE)].snapshotOpaque(position);
            } finally {
                arrivedAt.clearRelease(slot);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            ReaderSlots arrivedAt = arrive();
            try {
                sink.entered();
                return Delivery.deliver(ownTables[ownWords.getAcquire(SIDE)].loadOpaque(position), sink);
            } finally {
                arrivedAt.clearRelease(slot);
            }
        }

        private ReaderSlots arrive() {
            ReaderSlots arrivedAt = ownIndicators[ownWords.getAcquire(INDICATOR)];
            arrivedAt.announceFenced(slot, ARRIVED);
            return arrivedAt;
        }
    }
}
