package dev.steward.loadgen.workload;

/**
 * The attach churn of one thread: when each operation is due, what it does and to which stream.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal operations.
 */
public interface ChurnSource {
    /** Goes on to the next operation; the other methods then tell of it. */
    void next();

    /**
     * When it is due, in nanoseconds after the start of the load; {@link ArrivalProcess#MAX_NS} from the end of a churn
     * that ends.
     */
    long intendedNs();

    /** What it does. */
    ChurnKind kind();

    /** Which stream it changes. */
    int stream();

    /** A draw to choose the new vIOMMU with, uniform from 0 to 2^31 - 1. */
    int draw();
}
