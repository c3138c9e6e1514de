package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_LENGTH;
import static dev.steward.strategy.AttachmentLayout.VIOMMU_OFFSET;
import static dev.steward.strategy.AttachmentLayout.VIRTUAL_STREAM_ID_OFFSET;

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

    long load(int position) {
        int page = directory.getIntAcquire((position >>> PAGE_SHIFT) * Integer.BYTES);
        int record = recordOffset(page, position);
        long first = pages.getLongOpaque(record + VIOMMU_OFFSET);
        long second = pages.getLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET);
        return AttachmentLayout.attachment(first, second);
    }

    /**
     * Copies the page of a position into the spare, changes one record there and publishes it.
     *
     * @return the page that was published before; readers may still be in it.
     */
    int replace(int position, long attachment, int spare) {
        int entry = (position >>> PAGE_SHIFT) * Integer.BYTES;
        int old = directory.getInt(entry);
        for (int offset = 0; offset < PAGE_LENGTH; offset += Long.BYTES) {
            pages.putLongOpaque(spare * PAGE_LENGTH + offset, pages.getLongOpaque(old * PAGE_LENGTH + offset));
        }
        int record = recordOffset(spare, position);
        pages.putLongOpaque(record + VIOMMU_OFFSET, AttachmentLayout.firstWord(attachment));
        pages.putLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET, AttachmentLayout.secondWord(attachment));
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
