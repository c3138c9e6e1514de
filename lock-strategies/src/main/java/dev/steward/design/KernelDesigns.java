package dev.steward.design;

import dev.steward.strategy.Contestant;
import dev.steward.strategy.DesignList;
import java.util.List;

/** Hands the designs to {@link dev.steward.strategy.Contestants}. */
public final class KernelDesigns implements DesignList {
    /** For the service loader. */
    public KernelDesigns() {
    }

    @Override
    public List<Contestant> designs() {
        return List.of(KernelDesign.values());
    }
}
