package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_LENGTH;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Attachments in pages that do not change while they are published, behind a directory of page numbers.
 *
 * <p>There is one page more than the directory has entries: the spare, into which the writer copies. A page is
 * published by a release store of its number into the directory and found by an acquire load, so a reader sees it
 * filled. Who may reuse a page, and when, is the guard's business.
 *
 * <p>Threading: any number of readers; one writer at a time.
 */
final class AttachmentPages {
    static final int RECORDS_PER_PAGE = 64;
    static final int PAGE_LENGTH = RECORDS_PER_PAGE * RECORD_LENGTH;

    private static final int PAGE_SHIFT = 6;
    private static final int RECORD_MASK = RECORDS_PER_PAGE - 1;

    private final OffHeap directoryMemory;
    private final OffHeap pageMemory;
    private final UnsafeBuffer directory;
    private final UnsafeBuffer pages;

    AttachmentPages(int capacity) {
        int pageCount = (capacity + RECORD_MASK) >>> PAGE_SHIFT;
        directoryMemory = new OffHeap((long) pageCount * Integer.BYTES);
        pageMemory = new OffHeap((pageCount + 1L) * PAGE_LENGTH);
        directory = directoryMemory.buffer();
        pages = pageMemory.buffer();
        for (int page = 0; page < pageCount; page++) {
            directory.putIntRelease(page * Integer.BYTES, page);
        }
    }

    /** Number of the page that no directory entry names at the start. */
    int firstSpare() {
        return directory.capacity() / Integer.BYTES;
    }

    /** All words of a record, checked. */
    long snapshot(int position) {
        return AttachmentRecord.snapshotOpaque(pages, recordOffset(publishedPage(position), position));
    }

    /** The words that a report needs. */
    long load(int position) {
        return AttachmentRecord.loadOpaque(pages, recordOffset(publishedPage(position), position));
    }

    private int publishedPage(int position) {
        return directory.getIntAcquire((position >>> PAGE_SHIFT) * Integer.BYTES);
    }

    /**
     * Copies the page of a position into the spare, changes one record there and publishes it.
     *
     * @return the page that was published before; readers may still be in it.
     */
    int replace(int position, long attachment, int spare) {
        int entry = (position >>> PAGE_SHIFT) * Integer.BYTES;
        int old = directory.getInt(entry);
        for (int record = 0; record < PAGE_LENGTH; record += RECORD_LENGTH) {
            AttachmentRecord.copyOpaque(pages, old * PAGE_LENGTH + record, pages, spare * PAGE_LENGTH + record);
        }
        AttachmentRecord.storeOpaque(pages, recordOffset(spare, position), attachment);
        directory.putIntRelease(entry, spare);
        return old;
    }

    private static int recordOffset(int page, int position) {
        return page * PAGE_LENGTH + (position & RECORD_MASK) * RECORD_LENGTH;
    }

    long lengthBytes() {
        return (long) directory.capacity() + pages.capacity();
    }

    void free() {
        directoryMemory.free();
        pageMemory.free();
    }
}
