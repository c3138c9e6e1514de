package dev.steward.loadgen.workload;

/** Every synthetic law, with a shape if it has one: a source of parameters for tests. */
enum Law {
    CONSTANT("de0116534f41792f", (rate, seed) -> ArrivalProcess.constant(rate)),
    POISSON("b98548c4600a322b", ArrivalProcess::poisson),
    BURSTS("1e9cab8135844665", patterned(RatePattern.onOff(0.1), 0, 100_000_000)),
    RAMP("c8152d5e8881d505", patterned(RatePattern.ramp(0.2), 50_000_000, 200_000_000)),
    STEPS("926f2985fedd7f56", patterned(RatePattern.steps(5, 2), 50_000_000, 200_000_000)),
    MMPP("fdde5fefafb2ef5b", (rate, seed) -> new MarkovArrivals(rate, 90e6, 10e6, 50, seed)),
    LOGNORMAL("0cd77218d59d0b05", (rate, seed) -> new LognormalArrivals(rate, 1, seed)),
    DEALT("e5ef7a2ae413c95b", (rate, seed) -> new DealtArrivals(ArrivalProcess.poisson(rate / 2, seed), 4, 1, 2));

    /** Of the first arrivals at 20k/s with seed 42; who changes one has changed what all scenarios offer. */
    final String golden;
    private final Maker maker;

    Law(String golden, Maker maker) {
        this.golden = golden;
        this.maker = maker;
    }

    ArrivalProcess at(double ratePerSecond, long seed) {
        return maker.make(ratePerSecond, seed);
    }

    private static Maker patterned(RatePattern pattern, long leadNs, long cycleNs) {
        return (rate, seed) -> new PatternedArrivals(pattern, rate, leadNs, cycleNs, seed);
    }

    private interface Maker {
        ArrivalProcess make(double ratePerSecond, long seed);
    }
}
