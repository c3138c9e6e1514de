package dev.steward.loadgen.workload;

/**
 * Draws from a lognormal law, the same numbers everywhere: the polar method (Marsaglia and Bray 1964), from what
 * StrictMath fixes to the last bit.
 *
 * <p>Threading: one thread. Does not allocate.
 */
final class Lognormal {
    private final double median;
    private final double sigma;
    private final Randomness random;
    private double spare;
    private boolean hasSpare;

    /** With sigma the standard deviation of the logarithm, 0 (always the median) or more. */
    Lognormal(double median, double sigma, long seed) {
        this.median = median;
        this.sigma = sigma;
        random = new Randomness(seed);
    }

    double next() {
        return median * StrictMath.exp(sigma * normal());
    }

    /** Two at a time. */
    private double normal() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * random.nextUnit() - 1;
            y = 2 * random.nextUnit() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * scale;
        hasSpare = true;
        return x * scale;
    }
}
