package dev.steward.reports.summary;

import dev.steward.results.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a strategy takes of an event beyond its floor, which has no protection; in repeats that both have, since only
 * these had the same arrivals. Its own stages say nothing of it: that of the look-up is there without any lock. Below 0
 * where the scatter of the machine is larger than the price of the lock.
 *
 * <p>The floor of a kernel design finds the stream by its position, in one look-up. So the walks of a design's tree and
 * its whole first look-up are in the figure too: an upper bound of what its lock takes.
 *
 * @param floor  name of the strategy that it is compared with
 * @param shares {@code ns} as a part of the strategy's own handling, without the wait in the event queue, so always of
 *               the same sign; for each repeat, one or more, ascending
 * @param ns     nanoseconds of an event beyond the floor; for each repeat, ascending
 */
public record GuardCost(String floor, double[] shares, double[] ns) {
    /** Compares repeat by repeat; empty if they have no sampled repeat in common. */
    static Optional<GuardCost> of(StrategySummary strategy, StrategySummary floor) {
        Map<Integer, StageShares> floors = floor.stagesByRepeat();
        List<StageShares> own = new ArrayList<>();
        List<StageShares> without = new ArrayList<>();
        strategy.stagesByRepeat().forEach((repeat, stages) -> {
            if (floors.containsKey(repeat)) {
                own.add(stages);
                without.add(floors.get(repeat));
            }
        });
        return own.isEmpty() ? Optional.empty() : Optional.of(new GuardCost(floor.info().name(),
            less(own, without, StageShares::handlingNs), less(own, without, stages -> 1)));
    }

    private static double[] less(List<StageShares> own, List<StageShares> without, ToDoubleFunction<StageShares> of) {
        double[] differences = new double[own.size()];
        Arrays.setAll(differences,
            i -> (own.get(i).guardNs() - without.get(i).guardNs()) / of.applyAsDouble(own.get(i)));
        Arrays.sort(differences);
        return differences;
    }

    /** {@return the middle of the shares} */
    public double share() {
        return Median.of(shares);
    }

    /** {@return the least of the shares} */
    public double least() {
        return shares[0];
    }

    /** {@return the greatest of the shares} */
    public double greatest() {
        return shares[shares.length - 1];
    }
}
