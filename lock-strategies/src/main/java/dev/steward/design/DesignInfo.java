package dev.steward.design;

import dev.steward.strategy.StrategyInfo;
import java.util.Set;

/**
 * All that is said of a design: what is said of every strategy, its point in the space, its promises.
 *
 * @param info     as of every strategy.
 * @param point    in the space of designs.
 * @param promises that it keeps.
 */
record DesignInfo(StrategyInfo info, DesignPoint point, Set<Promise> promises) {
    DesignInfo {
        promises = Set.copyOf(promises);
    }
}
