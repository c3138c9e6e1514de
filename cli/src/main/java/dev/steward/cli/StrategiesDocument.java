package dev.steward.cli;

import dev.steward.catalog.Fact;
import dev.steward.design.DesignPoint;
import dev.steward.design.KernelDesign;
import dev.steward.design.Promise;
import dev.steward.strategy.EnumWord;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.util.List;
import java.util.stream.Stream;

/** What {@code strategies --json} prints, in the words of {@code run.json}. */
record StrategiesDocument(String format, int version, List<OfStrategy> strategies) {
    /**
     * One strategy or design.
     *
     * @param simplicity place among the kinds of lock, 1 for the simplest; null if it does not say
     * @param quiescence when the old vIOMMU is out of reach: {@code at-commit}, {@code at-destroy} or {@code never}
     * @param variants   in words, {@code none} if there are none
     * @param cannotRun  why it cannot run in this JVM; null if it can
     * @param design     null for a strategy
     */
    record OfStrategy(
        String name, String title, String family, boolean ranked, String source, String kernelPrimitive, String context,
        boolean hardInterrupt, boolean reportMaySleep, String attachWaitsFor, Integer simplicity, String readerWrites,
        String writerWrites, String quiescence, String floor, boolean allocationFree, String variants,
        String notModelled, String cannotRun, OfDesign design) {
        private static OfStrategy of(Strategy strategy) {
            StrategyDescription said = strategy.description();
            return new OfStrategy(said.name(), said.title(), EnumWord.of(said.family()), said.ranked(), said.source(),
                said.kernelPrimitive(), said.context(), said.usage().hardInterrupt(), said.usage().reportMaySleep(),
                said.usage().attachWait().word(),
                said.simplicity().place().isPresent() ? said.simplicity().place().getAsInt() : null,
                said.readerWrites(), said.writerWrites(), EnumWord.of(said.quiescence()), said.floor(),
                said.allocationFree(), Fact.variants(strategy), said.notModelled(),
                strategy.refusal().orElse(null), KernelDesign.of(strategy).map(OfDesign::of).orElse(null));
        }
    }

    /**
     * What a design is.
     *
     * @param promises that it keeps, in words; of the others it breaks each
     */
    record OfDesign(
        String origin, String lock, String scope, String lookUp, String attach, String differs, List<String> promises) {
        private static OfDesign of(KernelDesign design) {
            DesignPoint point = design.point();
            return new OfDesign(point.origin(), point.lock(), point.scope(), point.lookUp(), point.attach(),
                point.differs(), Stream.of(Promise.values()).filter(design.promises()::contains)
                    .map(Promise::words).toList());
        }
    }

    static StrategiesDocument of(List<Strategy> strategies) {
        return new StrategiesDocument(
            "steward-strategies", 1, strategies.stream().map(OfStrategy::of).toList());
    }
}
