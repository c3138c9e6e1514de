package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.stream.OffHeap;
import org.agrona.concurrent.UnsafeBuffer;

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
    private final OffHeap directoryMemory;
    private final OffHeap pageMemory;
    private final UnsafeBuffer directory;
    private final UnsafeBuffer pages;

    /** Makes pages full of unknown streams. */
    AttachmentPages(int capacity, int pageShift, int spares) {
        this.pageShift = pageShift;
        recordMask = (1 << pageShift) - 1;
        pageRecordShift = pageShift + RECORD_SHIFT;
        published = (capacity + recordMask) >>> pageShift;
        directoryMemory = new OffHeap((long) published * Integer.BYTES);
        pageMemory = new OffHeap((long) (published + spares) << pageRecordShift);
        directory = directoryMemory.buffer();
        pages = pageMemory.buffer();
        for (int page = 0; page < published; page++) {
            directory.putIntRelease(page * Integer.BYTES, page << pageRecordShift);
        }
    }

    /** Number of the first page that no directory entry names at the start; the other spares follow it. */
    int firstSpare() {
        return published;
    }

    @Override
    long snapshotOpaque(int position) {
        return AttachmentRecord.snapshotOpaque(pages, publishedRecord(position));
    }

    @Override
    long loadOpaque(int position) {
        return AttachmentRecord.loadOpaque(pages, publishedRecord(position));
    }

    private int publishedRecord(int position) {
        return recordOf(directory.getIntAcquire((position >>> pageShift) * Integer.BYTES), position);
    }

    /**
     * Copies the page of a position into a spare one, changes one record there and publishes it. Returns the page that
     * was published before; readers may still be in it.
     */
    int replace(int position, long attachment, int spare) {
        int entry = (position >>> pageShift) * Integer.BYTES;
        int from = directory.getInt(entry);
        int to = spare << pageRecordShift;
        for (int record = 0; record <= recordMask; record++) {
            AttachmentRecord.copyOpaque(pages, from + (record << RECORD_SHIFT), pages, to + (record << RECORD_SHIFT));
        }
        AttachmentRecord.storeOpaque(pages, recordOf(to, position), attachment);
        directory.putIntRelease(entry, to);
        return from >>> pageRecordShift;
    }

    @Override
    void storeOpaque(int position, long attachment) {
        AttachmentRecord.storeOpaque(pages, publishedRecord(position), attachment);
    }

    private int recordOf(int pageOffset, int position) {
        return pageOffset + ((position & recordMask) << RECORD_SHIFT);
    }

    long pageBytes() {
        return 1L << pageRecordShift;
    }

    @Override
    public long lengthBytes() {
        return (long) directory.capacity() + pages.capacity();
    }

    @Override
    public void free() {
        directoryMemory.free();
        pageMemory.free();
    }
}
