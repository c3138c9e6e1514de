package dev.steward.loadgen.record;

/**
 * Checks and violations of one oracle as one thread saw them.
 *
 * <p>Threading: one writer; read after it has ended.
 */
public final class OracleCount {
    public static final long NEVER = Long.MAX_VALUE;

    private final Oracle oracle;
    private long checks;
    private long violations;
    private long firstAtNs = NEVER;

    public OracleCount(Oracle oracle) {
        this.oracle = oracle;
    }

    public void checked() {
        checks++;
    }

    public void checked(long count) {
        checks += count;
    }

    public void violated(long nowNs) {
        violated(1, nowNs);
    }

    public void violated(long count, long nowNs) {
        violations += count;
        firstAtNs = Math.min(firstAtNs, nowNs);
    }

    public Oracle oracle() {
        return oracle;
    }

    public long checks() {
        return checks;
    }

    public long violations() {
        return violations;
    }

    public long firstAtNs() {
        return firstAtNs;
    }
}
