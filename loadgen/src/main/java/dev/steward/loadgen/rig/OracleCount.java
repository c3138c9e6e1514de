package dev.steward.loadgen.rig;

/**
 * Checks and violations of one oracle as one thread saw them.
 *
 * <p>Threading: one writer; read after it has ended.
 */
final class OracleCount {
    static final long NEVER = Long.MAX_VALUE;

    private final Oracle oracle;
    private long checks;
    private long violations;
    private long firstAtNs = NEVER;

    OracleCount(Oracle oracle) {
        this.oracle = oracle;
    }

    void checked() {
        checks++;
    }

    void checked(long count) {
        checks += count;
    }

    void violated(long nowNs) {
        violated(1, nowNs);
    }

    void violated(long count, long nowNs) {
        violations += count;
        firstAtNs = Math.min(firstAtNs, nowNs);
    }

    Oracle oracle() {
        return oracle;
    }

    long checks() {
        return checks;
    }

    long violations() {
        return violations;
    }

    long firstAtNs() {
        return firstAtNs;
    }
}
