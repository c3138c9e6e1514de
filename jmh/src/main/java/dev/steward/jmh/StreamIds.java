package dev.steward.jmh;

/**
 * The next StreamID of the published workload: one step of a 64-bit xorshift (Marsaglia 2003; shifts 13, 7, 17), upper
 * half, masked to the number of entries. A thread has its own.
 */
final class StreamIds {
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final int mask;
    private long state;

    StreamIds(int entries, int thread) {
        mask = entries - 1;
        state = SPREAD * (thread + 1);
    }

    int next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) (state >>> 32) & mask;
    }
}
