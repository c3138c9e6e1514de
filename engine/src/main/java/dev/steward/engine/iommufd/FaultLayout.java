package dev.steward.engine.iommufd;

/**
 * Bytes of the two structures that cross the file of a fault queue, little-endian (iommu_hwpt_pgfault and
 * iommu_hwpt_page_response in include/uapi/linux/iommufd.h; docs/domain.md, 4.4).
 */
public final class FaultLayout {
    /** Length of a fault as it is read. */
    public static final int FAULT_LENGTH = 40;
    /** u32, {@link #FLAG_PASID_VALID} and {@link #FLAG_LAST_PAGE}. */
    public static final int FLAGS_OFFSET = 0;
    /** u32, object id of the bound device. */
    public static final int DEVICE_ID_OFFSET = 4;
    /** u32, process id of the transaction (SubstreamID). */
    public static final int PASID_OFFSET = 8;
    /** u32, number of the page request group; the stall tag for a stalled transaction. */
    public static final int GROUP_OFFSET = 12;
    /** u32, see the {@code PERMISSION_...} values. */
    public static final int PERMISSION_OFFSET = 16;
    /** u64, address of the fault. */
    public static final int ADDRESS_OFFSET = 24;
    /** u32, length hint, always 0 here. */
    public static final int LENGTH_OFFSET = 32;
    /** u32, names the group in the response. */
    public static final int COOKIE_OFFSET = 36;

    /** The process id counts. */
    public static final int FLAG_PASID_VALID = 1;
    /** Last fault of its group. */
    public static final int FLAG_LAST_PAGE = 1 << 1;

    /** The transaction reads. */
    public static final int PERMISSION_READ = 1;
    /** The transaction writes. */
    public static final int PERMISSION_WRITE = 1 << 1;
    /** The transaction fetches instructions. */
    public static final int PERMISSION_EXECUTE = 1 << 2;
    /** The transaction is privileged. */
    public static final int PERMISSION_PRIVILEGED = 1 << 3;

    /** Length of a response as it is written. */
    public static final int RESPONSE_LENGTH = 8;
    /** u32 in a response. */
    public static final int RESPONSE_COOKIE_OFFSET = 0;
    /** u32 in a response, {@link #SUCCESS} or {@link #INVALID}. */
    public static final int RESPONSE_CODE_OFFSET = 4;

    /** Response: the page is there, try again. */
    public static final int SUCCESS = 0;
    /** Response: the fault cannot be served. */
    public static final int INVALID = 1;

    private FaultLayout() {
    }
}
