package dev.steward.reports.statistics;

/**
 * How the chance of a false alarm is dealt out over the looks at data that keep coming, so that stopping at any of them
 * raises no more alarms than one look at the end would. The looks are planned by the clock. Each look has its own part,
 * and the parts are added up as if the looks had nothing to do with each other, which errs on the safe side. They grow
 * with the sixth power of time: the last look, at which most runs end, keeps four fifths. Source: K. Kim, D. DeMets,
 * Design and analysis of group sequential tests based on the type I error spending rate function, Biometrika 74 (1987),
 * with rho = 6.
 */
public final class AlphaSpending {
    private static final double RHO = 6;

    private AlphaSpending() {
    }

    /** {@return share of the whole that a look may spend, 0 to 1; looks: 1 to all} */
    public static double share(int look, int looks) {
        if (look < 1 || look > looks) {
            throw new IllegalArgumentException("look " + look + " of " + looks);
        }
        return Math.pow(look / (double) looks, RHO) - Math.pow((look - 1) / (double) looks, RHO);
    }
}
