package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.stream.OffHeap;
import dev.steward.engine.stream.OffHeapWords;

/**
 * Attachments in pages that do not change while they are published, behind a directory that says where they
 * lie.
 *
 * <p>A page may hold one record, some, or all of them. Beside the published pages there are spare ones, into which the
 * writer copies. A page is published by a release store of its offset into the directory and found by an acquire
 * load, so a reader sees it filled. Who may reuse a page, and when, is the guard's business.
 *
 * <p>Threading: any number of readers; one writer at a time.
 */
final class AttachmentPages extends AttachmentMemory {
    private final int pageShift;
    private final int recordMask;
    private final int pageRecordShift;
    private final int published;
    private final OffHeap directory;
    private final OffHeap pages;

    /** Makes pages full of unknown streams. */
    AttachmentPages(int capacity, int pageShift, int spares) {
        this.pageShift = pageShift;
        recordMask = (1 << pageShift) - 1;
        pageRecordShift = pageShift + RECORD_SHIFT;
        published = (capacity + recordMask) >>> pageShift;
        directory = new OffHeap((long) published * Integer.BYTES);
        pages = new OffHeap((long) (published + spares) << pageRecordShift);
        for (int page = 0; page < published; page++) {
            OffHeapWords.putIntRelease(directory.address(page * Integer.BYTES), page << pageRecordShift);
        }
    }

    /** Number of the first page that no directory entry names at the start; the other spares follow it. */
    int firstSpare() {
        return published;
    }

    @Override
    long snapshotOpaque(int position) {
        return AttachmentRecord.snapshotOpaque(publishedRecord(position));
    }

    @Override
    long loadOpaque(int position) {
        return AttachmentRecord.loadOpaque(publishedRecord(position));
    }

    private long publishedRecord(int position) {
        // Fields first: behind an acquire load the JVM would load them again.
        OffHeap records = pages;
        int inPage = inPage(position);
        return records.address(OffHeapWords.getIntAcquire(entry(position)) + inPage);
    }

    private int inPage(int position) {
        return (position & recordMask) << RECORD_SHIFT;
    }

    private long entry(int position) {
        return directory.address((position >>> pageShift) * Integer.BYTES);
    }

    /**
     * Copies the page of a position into a spare one, changes one record there and publishes it. Returns the page that
     * was published before; readers may still be in it.
     */
    int replace(int position, long attachment, int spare) {
        long entry = entry(position);
        int from = OffHeapWords.getInt(entry);
        int to = spare << pageRecordShift;
        for (int record = 0; record <= recordMask; record++) {
            int offset = record << RECORD_SHIFT;
            AttachmentRecord.copyOpaque(pages.address(from + offset), pages.address(to + offset));
        }
        AttachmentRecord.storeOpaque(pages.address(to + inPage(position)), attachment);
        OffHeapWords.putIntRelease(entry, to);
        return from >>> pageRecordShift;
    }

    @Override
    void storeOpaque(int position, long attachment) {
        AttachmentRecord.storeOpaque(publishedRecord(position), attachment);
    }

    long pageBytes() {
        return 1L << pageRecordShift;
    }

    @Override
    public long lengthBytes() {
        return directory.lengthBytes() + pages.lengthBytes();
    }

    @Override
    public void free() {
        directory.free();
        pages.free();
    }
}
