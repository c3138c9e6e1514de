package dev.steward.design;

import dev.steward.strategy.Strategy;
import dev.steward.strategy.DesignList;
import java.util.List;

/** Hands the designs to {@link dev.steward.strategy.Strategies}. */
public final class KernelDesigns implements DesignList {
    /** For the service loader. */
    public KernelDesigns() {
    }

    @Override
    public List<Strategy> designs() {
        return List.of(KernelDesign.values());
    }
}
