package dev.steward.engine.iommufd;

/**
 * Off-heap block of a vIOMMU, 256 bytes on a 128-byte boundary.
 * <pre>
 *     0 canary | 8 reports after destroy | 16 reports overlapped by the destroy      read by every report
 *   128 vdevs lock                                                                   written by every look-up
 * </pre>
 */
final class VIommuLayout {
    static final int BLOCK_LENGTH = 256;
    static final int CANARY_OFFSET = 0;
    static final int REPORTS_AFTER_DESTROY_OFFSET = 8;
    static final int REPORTS_OVERLAPPED_OFFSET = 16;
    static final int VDEVS_LOCK_OFFSET = 128;

    private VIommuLayout() {
    }
}
