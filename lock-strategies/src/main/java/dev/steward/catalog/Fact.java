package dev.steward.catalog;

import dev.steward.design.DesignPoint;
import dev.steward.design.KernelDesign;
import dev.steward.design.Promise;
import dev.steward.strategy.EnumWord;
import dev.steward.strategy.Simplicity;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of what is told of a strategy.
 *
 * @param label of at most 13 letters.
 */
public record Fact(String label, String value) {
    /** All that is told of a strategy, maybe a variant, beside its name and title. */
    public static List<Fact> of(Strategy strategy) {
        StrategyDescription said = strategy.description();
        List<Fact> facts = new ArrayList<>(List.of(
            new Fact("family", EnumWord.of(said.family()) + (said.ranked() ? "" : " (not ranked)")),
            new Fact("source", said.source()),
            new Fact("kernel", said.kernelPrimitive()),
            new Fact("context", said.context()),
            new Fact("attach waits", EnumWord.of(said.usage().attachWait())),
            new Fact("simplicity", simplicity(said.simplicity())),
            new Fact("event writes", said.readerWrites()),
            new Fact("attach writes", said.writerWrites()),
            new Fact("old viommu", switch (said.quiescence()) {
                case AT_COMMIT -> "out of reach when attach returns";
                case AT_DESTROY -> "out of reach when the destroy of a vIOMMU has waited";
                case NEVER -> "never known to be out of reach";
            })));
        KernelDesign.of(strategy).ifPresent(design -> facts.addAll(ofDesign(design)));
        facts.add(new Fact("compare with", said.floor() + " (floor of the same layout)"));
        facts.add(new Fact("garbage", said.allocationFree() ? "none per event or attach" : "yes, by nature"));
        facts.add(new Fact("variants", variants(strategy)));
        facts.add(new Fact("not modelled", said.notModelled()));
        return facts;
    }

    private static String simplicity(Simplicity simplicity) {
        return simplicity.place().isEmpty() ? "it does not say"
            : simplicity.place().getAsInt() + " (" + EnumWord.of(simplicity) + ")";
    }

    private static List<Fact> ofDesign(KernelDesign design) {
        DesignPoint point = design.point();
        List<Fact> facts = new ArrayList<>(List.of(
            new Fact("origin", point.origin()),
            new Fact("locks", point.lock()),
            new Fact("scope", point.scope()),
            new Fact("look-up", point.lookUp()),
            new Fact("attach", point.attach()),
            new Fact("differs", point.differs())));
        for (Promise promise : Promise.values()) {
            facts.add(new Fact(design.promises().contains(promise) ? "promises" : "no promise", promise.words()));
        }
        return facts;
    }

    /** The values of each dimension that may stand behind the name, or {@code none}. */
    public static String variants(Strategy strategy) {
        String variants = KernelDesign.of(strategy)
            .map(design -> String.join("|", design.variants()))
            .orElseGet(() -> strategy.description().dimensions().stream()
                .map(dimension -> String.join("|", dimension.words())).collect(Collectors.joining(" : ")));
        return variants.isEmpty() ? "none" : variants;
    }
}
