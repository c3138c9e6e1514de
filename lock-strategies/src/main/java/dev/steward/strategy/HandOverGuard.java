package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;
import dev.steward.engine.stream.OffHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The attach thread does not touch what the handler reads: it posts the change, and the handler makes it between two
 * events (docs/domain.md, 7.5 l; delegation as in Calciu et al. 2013, "Message Passing or Shared Memory").
 *
 * <p>Each reader has a table of its own and a control word: on-line, off-line, held, posted. An attach that finds the
 * reader off-line (its batch is over and it may sleep) holds it off and makes the change itself. For each event the
 * reader loads the control word once; no fence, no atomic operation. A reader that stays on-line without an event and
 * without {@code quiesce()} holds up the attach without limit.
 *
 * <p>Memory modes: the control word is loaded by acquire; taken on-line and off-line, held and posted by
 * compare-and-set; what was held or posted is given back by a release store. The posted change is written before the
 * word and read after it.
 */
@Description(
    name = "hand-over",
    family = Family.SINGLE_READER,
    title = "attach posts the swap to the handler, which makes it itself",
    source = "docs/domain.md, 7.5 l; Calciu et al. 2013, OPODIS",
    kernelPrimitive = "a work item on the handler's thread, with a completion",
    context = "threaded handler only; attach waits for the next event or the end of the batch",
    usage = Usage.WAITS_FOR_HANDLER,
    simplicity = Simplicity.OWN_GRACE_PERIOD,
    readerWrites = "nothing per event; the control word, twice per batch; a posted record",
    writerWrites = "the control word and the post; the record if the handler sleeps",
    notModelled = "an interrupt could make a busy handler look sooner")
final class HandOverGuard extends PositionedGuard {
    private static final long ONLINE = 0;
    private static final long OFFLINE = 1;
    private static final long HELD = 2;
    private static final long POSTED = 3;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIDE = OffHeap.PADDED_LENGTH / Long.BYTES;

    private final ReaderIds readers;
    private final AttachmentTable[] tables;
    private final long[] controls;
    private final WriterLock writerLock;
    private int postedPosition;
    private long postedAttachment;

    HandOverGuard(GuardContext context) {
        super(context);
        writerLock = new WriterLock(context.contention());
        readers = new ReaderIds(context.maxReaders());
        tables = new AttachmentTable[context.maxReaders()];
        controls = new long[(context.maxReaders() + 2) * STRIDE];
        for (int reader = 0; reader < tables.length; reader++) {
            tables[reader] = own(new AttachmentTable(index.capacity()));
            WORD.setVolatile(controls, wordOf(reader), OFFLINE);
        }
    }

    private static int wordOf(int reader) {
        return (reader + 1) * STRIDE;
    }

    @Override
    public Reader registerReader() {
        return new OwnTableReader(readers.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        writerLock.lock();
        try {
            postedPosition = position;
            postedAttachment = attachment;
            for (int reader = 0; reader < tables.length; reader++) {
                handOver(reader);
            }
        } finally {
            writerLock.unlock();
        }
    }

    private void handOver(int reader) {
        int word = wordOf(reader);
        while (true) {
            if (WORD.compareAndSet(controls, word, OFFLINE, HELD)) {
                tables[reader].storeOpaque(postedPosition, postedAttachment);
                WORD.setRelease(controls, word, OFFLINE);
                return;
            }
            if (WORD.compareAndSet(controls, word, ONLINE, POSTED)) {
                readerWaits.incrementAndGet();
                for (int round = 0; (long) WORD.getAcquire(controls, word) == POSTED; round++) {
                    Backoff.pause(round);
                }
                return;
            }
        }
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(0, 0, readerWaits.get(), 0, 0, ownedBytes() + (long) controls.length * Long.BYTES);
    }

    private final class OwnTableReader extends PositionedReader {
        // One load nearer than those of the guard, for each event.
        private final long[] ownControls = controls;
        private final int word;
        private final AttachmentTable table;

        OwnTableReader(int slot) {
            super(index, slot, readers::release);
            word = wordOf(slot);
            table = tables[slot];
        }

        @Override
        long translateAt(int position) {
            lookAtControl();
            return table.snapshotOpaque(position);
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            lookAtControl();
            sink.entered();
            return Delivery.deliver(table.loadOpaque(position), sink);
        }

        private void lookAtControl() {
            if ((long) WORD.getAcquire(ownControls, word) != ONLINE) {
                comeOnline();
            }
        }

        private void comeOnline() {
            for (int round = 0; ; round++) {
                if (makePostedChange() || WORD.compareAndSet(controls, word, OFFLINE, ONLINE)) {
                    return;
                }
                Backoff.pause(round);
            }
        }

        private boolean makePostedChange() {
            if ((long) WORD.getAcquire(controls, word) != POSTED) {
                return false;
            }
            table.storeOpaque(postedPosition, postedAttachment);
            WORD.setRelease(controls, word, ONLINE);
            return true;
        }

        @Override
        public void quiesce() {
            long seen = (long) WORD.getAcquire(controls, word);
            while (seen == ONLINE || seen == POSTED) {
                makePostedChange();
                WORD.compareAndSet(controls, word, ONLINE, OFFLINE);
                seen = (long) WORD.getAcquire(controls, word);
            }
        }

        @Override
        public void close() {
            quiesce();
            super.close();
        }
    }
}
