package dev.steward.reports.summary;

import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the time of a sampled event goes: the mean of each stage over the sum of the means. Means and not percentiles,
 * since only means add up.
 *
 * @param meanNs  mean nanoseconds by stage tag, in the order an event passes them; stages that were not recorded are
 *                absent
 */
public record StageShares(Map<String, Double> meanNs, long samples) {
    /** {@return the shares; without stages if nothing was sampled} */
    public static StageShares of(Function<String, Distribution> byTag) {
        Map<String, Double> means = new LinkedHashMap<>();
        long fewest = Long.MAX_VALUE;
        for (String tag : Tags.STAGES) {
            Distribution values = byTag.apply(tag);
            if (values.count() > 0) {
                means.put(tag, values.meanNs());
                fewest = Math.min(fewest, values.count());
            }
        }
        return new StageShares(means, means.isEmpty() ? 0 : fewest);
    }

    /** {@return sum of the means: nanoseconds per event} */
    public double totalNs() {
        return meanNs.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** {@return the same without the wait in the event queue, which is of the load and not of the handler} */
    double handlingNs() {
        return totalNs() - meanNs.getOrDefault(Tags.STAGE_RING, 0.0);
    }

    /** {@return share of one stage: 0 to 1, or NaN if it was not recorded} */
    public double shareOf(String tag) {
        Double mean = meanNs.get(tag);
        return mean == null ? Double.NaN : mean / totalNs();
    }

    /** {@return mean of the stages that a guard has a part in: nanoseconds, or NaN if they were not recorded} */
    double guardNs() {
        return meanNs.containsKey(Tags.STAGE_UNLOCK)
            ? Tags.GUARD_STAGES.stream().mapToDouble(tag -> meanNs.getOrDefault(tag, 0.0)).sum() : Double.NaN;
    }
}
