package dev.steward.engine.iommufd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Id to vIOMMU in two dependent loads, for the path of an event.
 *
 * <p>Chunks of 1024 ids, a directory that grows by copy. Writers are serialised by the monitor; readers use acquire
 * loads and never wait. A destroyed vIOMMU stays until its context is closed: it plays the freed memory that a dangling
 * pointer leads to, and its canary tells.
 */
final class VIommuTable {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(VIommu[].class);
    private static final VarHandle DIRECTORY_CELL = MethodHandles.arrayElementVarHandle(VIommu[][].class);
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_LENGTH = 1 << CHUNK_BITS;

    private volatile VIommu[][] directory = new VIommu[4][];

    VIommu find(int id) {
        VIommu[][] chunks = directory;
        int chunkIndex = id >>> CHUNK_BITS;
        if (chunkIndex >= chunks.length) {
            return null;
        }
        VIommu[] chunk = (VIommu[]) DIRECTORY_CELL.getAcquire(chunks, chunkIndex);
        return chunk == null ? null : (VIommu) CELL.getAcquire(chunk, id & (CHUNK_LENGTH - 1));
    }

    synchronized void add(VIommu viommu) {
        int chunkIndex = viommu.id() >>> CHUNK_BITS;
        VIommu[][] chunks = directory;
        if (chunkIndex >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(chunkIndex + 1, chunks.length * 2));
            directory = chunks;
        }
        VIommu[] chunk = chunks[chunkIndex];
        if (chunk == null) {
            chunk = new VIommu[CHUNK_LENGTH];
            DIRECTORY_CELL.setRelease(chunks, chunkIndex, chunk);
        }
        CELL.setRelease(chunk, viommu.id() & (CHUNK_LENGTH - 1), viommu);
    }

    synchronized void remove(int id) {
        VIommu[][] chunks = directory;
        VIommu[] chunk = chunks[id >>> CHUNK_BITS];
        CELL.setRelease(chunk, id & (CHUNK_LENGTH - 1), null);
        for (VIommu left : chunk) {
            if (left != null) {
                return;
            }
        }
        // Ids only grow, so an old chunk that fell empty is garbage; a new one comes back if ids of it are still to
        // come.
        DIRECTORY_CELL.setRelease(chunks, id >>> CHUNK_BITS, null);
    }
}
