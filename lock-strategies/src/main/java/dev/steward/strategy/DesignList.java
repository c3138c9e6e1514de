package dev.steward.strategy;

import java.util.List;

/**
 * Strategies with surroundings of their own, kept apart from the strategies: not in a comparison unless they are
 * named. Found through {@link java.util.ServiceLoader}, so that the strategies know none of them.
 */
public interface DesignList {
    /**
     * The designs.
     *
     * @return in table order.
     */
    List<Strategy> designs();
}
