package dev.steward.engine.iommufd;

/**
 * Ends the wait of a kernel-driven destroy for short references.
 *
 * <p>The kernel gives up after 60 seconds, logs a critical message and answers -EBUSY. This package reads no clock, so
 * the caller says when it is enough: a program passes a deadline, a test a count.
 */
@FunctionalInterface
public interface WaitLimit {
    /** Waits without a limit. */
    WaitLimit NEVER = () -> false;

    /** Asked again and again while short references are left; true to give up. */
    boolean reached();
}
