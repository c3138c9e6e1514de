package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.GENERATION_OFFSET;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;
import dev.steward.engine.stream.OffHeapWords;
import java.lang.invoke.VarHandle;
import java.util.function.Function;

/**
 * A sequence lock: the writer makes the sequence odd, changes the record, makes it even; a reader that saw another
 * sequence after its loads than before, or an odd one, repeats (Lameter 2005, "Effective synchronization on Linux/NUMA
 * systems"; Boehm 2012, "Can seqlocks get along with programming language memory models?"; include/linux/seqlock.h).
 *
 * <p>Two strategies, by {@link SequencePlace}. Beside the table, a sequence covers what the scope says and stands on
 * lines of its own. In the record, a reader touches one line, and only a commit on its own stream makes it repeat. A
 * snapshot says nothing about the life of what it names, so a report takes a reference unless the attachment is dead:
 * {@link References}.
 *
 * <p>Memory modes: reader: acquire load of the sequence, opaque loads, load-load fence, opaque load of the sequence.
 * Writer: opaque store of the odd sequence, store-store fence, opaque stores, release store of the even one.
 */
final class SeqlockGuard extends PositionedGuard {
    static final String NOT_MODELLED =
        "a kernel writer cannot be preempted inside the sequence; a JVM thread can, and readers wait";
    static final String READER_WRITES = "translate: nothing; report: the reference word of its stream, twice";

    private final AttachmentTable table;
    private final SequencePlace place;
    private final ReaderSlots retries;

    private SeqlockGuard(GuardContext context, Function<AttachmentTable, SequencePlace> place) {
        super(context);
        table = own(new AttachmentTable(index.capacity()));
        this.place = own(place.apply(table));
        retries = own(new ReaderSlots(context.maxReaders()));
        contention.showRetries();
    }

    static SeqlockGuard besideTable(GuardContext context, Scope scope) {
        return new SeqlockGuard(context, table ->
            SequencePlace.besideTable(scope, context.index().capacity(), context.contention()));
    }

    static SeqlockGuard inRecords(GuardContext context) {
        return new SeqlockGuard(context, SequencePlace::inRecords);
    }

    @Override
    public Reader registerReader() {
        return new SequenceReader(retries.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        long record = table.address(position);
        long sequence = place.of(position);
        long generation = OffHeapWords.getLong(record + GENERATION_OFFSET);
        References.revive(record, generation + 1);
        int ticket = place.lock(sequence);
        try {
            long even = OffHeapWords.getLong(sequence);
            OffHeapWords.putLongOpaque(sequence, even + 1);
            VarHandle.storeStoreFence();
            AttachmentRecord.storeOpaque(record, attachment);
            OffHeapWords.putLongRelease(sequence, even + 2);
        } finally {
            place.unlock(sequence, ticket);
        }
        if (References.killAndWait(record, generation)) {
            readerWaits.incrementAndGet();
        }
    }

    @Override
    long retries() {
        return retries.sumOfOwnWords();
    }

    private final class SequenceReader extends PositionedReader {
        /** One load nearer than those of the guard. */
        private final SequencePlace ownPlace = place;
        private final AttachmentTable ownTable = table;

        SequenceReader(int slot) {
            super(index, slot, retries::release);
        }

        @Override
        long translateAt(int position) {
            long sequence = ownPlace.of(position);
            long record = ownTable.address(position);
            for (int round = 0; ; round++) {
                long before = OffHeapWords.getLongAcquire(sequence);
                long attachment = AttachmentRecord.snapshotOpaque(record);
                if (unchanged(sequence, before)) {
                    return attachment;
                }
                retry(round);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            long sequence = ownPlace.of(position);
            long record = ownTable.address(position);
            for (int round = 0; ; round++) {
                long before = OffHeapWords.getLongAcquire(sequence);
                sink.entered();
                long attachment = AttachmentRecord.loadOpaque(record);
                long generation = OffHeapWords.getLongOpaque(record + GENERATION_OFFSET);
                if (unchanged(sequence, before)) {
                    if (!Attachment.isAttached(attachment)) {
                        return Delivery.deliver(attachment, sink);
                    }
                    if (References.tryTake(record, generation)) {
                        try {
                            return Delivery.deliver(attachment, sink);
                        } finally {
                            References.put(record, generation);
                        }
                    }
                }
                retry(round);
            }
        }

        private boolean unchanged(long sequence, long before) {
            VarHandle.loadLoadFence();
            return (before & 1) == 0 && OffHeapWords.getLongOpaque(sequence) == before;
        }

        private void retry(int round) {
            retries.countOwnPlain(slot);
            contention.repeat(round + 1);
            Backoff.pause(round);
        }
    }
}
