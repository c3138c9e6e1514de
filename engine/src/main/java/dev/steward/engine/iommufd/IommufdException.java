package dev.steward.engine.iommufd;

/** Refusal of a control operation (an ioctl of the real thing). Never thrown on the path of an event. */
public final class IommufdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * Creates a refusal.
     *
     * @param errno   positive error number, see {@link Errno}.
     * @param message which rule was broken.
     */
    public IommufdException(int errno, String message) {
        super(Errno.name(errno) + ": " + message);
        this.errno = errno;
    }

    /** {@return the error number that the ioctl would have returned; positive, see {@link Errno}} */
    public int errno() {
        return errno;
    }
}
