package dev.steward.engine.iommufd;

/**
 * Error numbers of the Linux uAPI (generic numbering, the one of x86-64 and arm64) that this package answers with.
 *
 * <p>Plain {@code int} constants, because the paths that return them negated must neither allocate nor box. The shared
 * meanings of the iommufd ioctls are those of {@code include/uapi/linux/iommufd.h}.
 */
public final class Errno {
    /** Id unknown, of the wrong type, or the object is going away. */
    public static final int ENOENT = 2;

    /** Bad data in a stream table entry, or a command for a virtual StreamID that has no device. */
    public static final int EIO = 5;

    /** The file is closed. */
    public static final int EBADF = 9;

    /** Out of memory. */
    public static final int ENOMEM = 12;

    /** A copy to the reader's buffer ran outside of it. */
    public static final int EFAULT = 14;

    /** Still pinned, or already attached. */
    public static final int EBUSY = 16;

    /** The slot is taken. */
    public static final int EEXIST = 17;

    /** No such device, or a device without an iommu group. */
    public static final int ENODEV = 19;

    /** Not permitted: message signalled interrupts of the device are not isolated. */
    public static final int EPERM = 1;

    /** Malformed argument. */
    public static final int EINVAL = 22;

    /** No room left. */
    public static final int ENOSPC = 28;

    /** The file position must be 0. */
    public static final int ESPIPE = 29;

    /** Out of range. */
    public static final int ERANGE = 34;

    /** A value does not fit its type. */
    public static final int EOVERFLOW = 75;

    /** Unknown flag or unsupported combination. */
    public static final int EOPNOTSUPP = 95;

    /** Largest magnitude of a kernel error number; anything more negative is no errno. */
    public static final int MAX_ERRNO = 4095;

    private Errno() {
    }

    /**
     * Symbol of an error number, for messages.
     *
     * @param errno positive error number.
     * @return its symbol, or {@code errno N} for one that this package never answers with.
     */
    public static String name(int errno) {
        switch (errno) {
            case EPERM: return "EPERM";
            case ENOENT: return "ENOENT";
            case EIO: return "EIO";
            case EBADF: return "EBADF";
            case ENOMEM: return "ENOMEM";
            case EFAULT: return "EFAULT";
            case EBUSY: return "EBUSY";
            case EEXIST: return "EEXIST";
            case ENODEV: return "ENODEV";
            case EINVAL: return "EINVAL";
            case ENOSPC: return "ENOSPC";
            case ESPIPE: return "ESPIPE";
            case ERANGE: return "ERANGE";
            case EOVERFLOW: return "EOVERFLOW";
            case EOPNOTSUPP: return "EOPNOTSUPP";
            default: return "errno " + errno;
        }
    }
}
