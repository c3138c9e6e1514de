package dev.steward.engine.stream;

import static dev.steward.engine.stream.L1DescriptorLayout.L1_DESCRIPTOR_LENGTH_SHIFT;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_LENGTH_SHIFT;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The two-level form: level-1 descriptors that point at blocks of 2^split entries, made on demand.
 *
 * <p>The real level 1 is one contiguous array, and the Linux driver caps it at 2^17 descriptors (1 MiB; docs/domain.md,
 * 2.2). Here it is cut into pages of at most 64 KiB, made on demand too, so that 32 bits of StreamID with a
 * split of 6 do not cost 512 MiB; the price is the load of the page pointer before the load of the descriptor.
 *
 * <p>Publication, pairs of release and acquire:
 * <pre>
 *   allocate                                      walk
 *   fill block; blocks[n] = block;                acquire page pointer; acquire descriptor;
 *   release page pointer; release descriptor      blocks[n], words of the block
 * </pre>
 * A walk that sees the descriptor therefore sees the block, with nothing but abort entries or what a writer put there.
 */
final class TwoLevelStreamTable extends StreamTable {
    /** Model physical address of block 0. Aligned to the largest block, far below bit 51 for any number of blocks. */
    private static final long BLOCK_BASE_ADDRESS = 0x8000_0000L;
    private static final int MAX_PAGE_SHIFT = 13;

    private final int split;
    private final int blockLengthShift;
    private final int maxBlocks;
    private final int pageShift;
    private final int pageMask;
    private final AtomicReferenceArray<UnsafeBuffer> pages;
    private final UnsafeBuffer[] blocks;

    private final List<OffHeap> memory = new ArrayList<>();
    private int blockCount;
    private long offHeapBytes;
    private boolean closed;

    TwoLevelStreamTable(int sidBits, int split, int maxBlocks) {
        super(checkSidBits(sidBits, checkSplit(split)));
        int l1Bits = sidBits - split;
        this.split = split;
        this.blockLengthShift = split + STE_LENGTH_SHIFT;
        this.maxBlocks = (int) Math.min(checkMaxBlocks(maxBlocks), 1L << l1Bits);
        if ((long) this.maxBlocks << split > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(this.maxBlocks + " blocks of 2^" + split
                + " entries exceed 2^31 - 1 positions");
        }
        pageShift = Math.min(l1Bits, MAX_PAGE_SHIFT);
        pageMask = (1 << pageShift) - 1;
        pages = new AtomicReferenceArray<>(1 << (l1Bits - pageShift));
        blocks = new UnsafeBuffer[this.maxBlocks];
    }

    @Override
    public int indexOf(int streamId) {
        long descriptor = descriptorAcquire(streamId);
        return L1DescriptorLayout.isValid(descriptor)
            ? (blockNumber(descriptor) << split) | L1DescriptorLayout.l2Index(streamId, split)
            : ABSENT;
    }

    @Override
    public int capacity() {
        return maxBlocks << split;
    }

    @Override
    public synchronized void allocate(int streamId) {
        checkContains(streamId);
        if (closed) {
            throw new IllegalStateException("the stream table is closed");
        }
        if (L1DescriptorLayout.isValid(descriptorAcquire(streamId))) {
            return;
        }
        if (blockCount == maxBlocks) {
            throw new IllegalStateException("all " + maxBlocks + " second-level blocks are in use, none is left for "
                + "StreamID " + hex(streamId));
        }
        UnsafeBuffer page = pageFor(streamId);
        UnsafeBuffer block = keep(abortEntries(1 << blockLengthShift));
        int number = blockCount++;
        blocks[number] = block;
        page.putLongRelease(
            descriptorOffset(streamId),
            L1DescriptorLayout.encode(BLOCK_BASE_ADDRESS + ((long) number << blockLengthShift), split));
    }

    @Override
    public synchronized long offHeapBytes() {
        return offHeapBytes;
    }

    @Override
    public synchronized void close() {
        closed = true;
        memory.forEach(OffHeap::free);
        memory.clear();
        offHeapBytes = 0;
    }

    /** The level-1 descriptor of a StreamID, {@link L1DescriptorLayout#INVALID} where the table ends or has no page. */
    long descriptorAcquire(int streamId) {
        if (!contains(streamId)) {
            return L1DescriptorLayout.INVALID;
        }
        UnsafeBuffer page = pages.getAcquire(L1DescriptorLayout.l1Index(streamId, split) >>> pageShift);
        return page == null ? L1DescriptorLayout.INVALID : page.getLongAcquire(descriptorOffset(streamId));
    }

    @Override
    UnsafeBuffer entries(int streamId) {
        long descriptor = descriptorAcquire(streamId);
        if (!L1DescriptorLayout.isValid(descriptor)) {
            checkContains(streamId);
            throw new IndexOutOfBoundsException("StreamID " + hex(streamId) + " has no second-level block");
        }
        return blocks[blockNumber(descriptor)];
    }

    private int blockNumber(long descriptor) {
        return (int) ((L1DescriptorLayout.blockAddress(descriptor) - BLOCK_BASE_ADDRESS) >>> blockLengthShift);
    }

    private int descriptorOffset(int streamId) {
        return (L1DescriptorLayout.l1Index(streamId, split) & pageMask) << L1_DESCRIPTOR_LENGTH_SHIFT;
    }

    @Override
    int entryOffset(int streamId) {
        return L1DescriptorLayout.l2Index(streamId, split) << STE_LENGTH_SHIFT;
    }

    private UnsafeBuffer pageFor(int streamId) {
        int pageNumber = L1DescriptorLayout.l1Index(streamId, split) >>> pageShift;
        UnsafeBuffer present = pages.getPlain(pageNumber);
        if (present != null) {
            return present;
        }
        UnsafeBuffer page = keep(new OffHeap(1L << (pageShift + L1_DESCRIPTOR_LENGTH_SHIFT)));
        pages.setRelease(pageNumber, page);
        return page;
    }

    private UnsafeBuffer keep(OffHeap allocated) {
        memory.add(allocated);
        offHeapBytes += allocated.lengthBytes();
        return allocated.buffer();
    }

    private static int checkSplit(int split) {
        if (split != 6 && split != 8 && split != 10) {
            throw new IllegalArgumentException("the split of a two-level stream table is 6, 8 or 10, not " + split);
        }
        return split;
    }

    private static int checkSidBits(int sidBits, int split) {
        if (sidBits < split || sidBits > MAX_SID_BITS) {
            throw new IllegalArgumentException("a two-level stream table with a split of " + split + " holds " + split
                + " to " + MAX_SID_BITS + " StreamID bits, not " + sidBits);
        }
        return sidBits;
    }

    private static int checkMaxBlocks(int maxBlocks) {
        if (maxBlocks < 1) {
            throw new IllegalArgumentException("a two-level stream table holds at least 1 block, not " + maxBlocks);
        }
        return maxBlocks;
    }
}
