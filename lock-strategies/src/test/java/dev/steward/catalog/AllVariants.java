package dev.steward.catalog;

import dev.steward.design.KernelDesign;
import dev.steward.strategy.Dimension;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * Every strategy and every design, and each of their variants: what the tests over all of them run over. What cannot
 * run in this JVM is only listed; PthreadLockTest says why.
 */
public final class AllVariants {
    private AllVariants() {
    }

    /** All that can run, each under its name. */
    public static Stream<Named<Strategy>> all() {
        return listed().filter(named -> named.getPayload().refusal().isEmpty());
    }

    /** All of them. */
    public static Stream<Named<Strategy>> listed() {
        return names().map(name -> Named.of(name, Strategies.byName(name).orElseThrow()));
    }

    /** Those that keep the promises of the port. */
    public static Stream<Named<Strategy>> ranked() {
        return all().filter(named -> named.getPayload().description().ranked());
    }

    private static Stream<String> names() {
        Stream<String> designs = Stream.of(KernelDesign.values()).flatMap(design -> Stream.concat(
            Stream.of(design.description().name()),
            design.variants().stream().map(variant -> design.description().name() + ":" + variant)));
        return Stream.concat(strategies(), designs);
    }

    private static Stream<String> strategies() {
        return Stream.of(LockStrategy.values()).flatMap(strategy -> {
            List<String> names = new ArrayList<>(List.of(strategy.description().name()));
            for (Dimension dimension : strategy.description().dimensions()) {
                if (dimension.ofWaiting()) {
                    // How its waiters wait has nothing to do with what a lock covers, nor with another algorithm.
                    for (String word : dimension.words().subList(1, dimension.words().size())) {
                        names.add(strategy.description().name() + ":" + word);
                    }
                    continue;
                }
                List<String> longer = new ArrayList<>();
                for (String name : names) {
                    for (String word : dimension.words()) {
                        // The first word is the default, which needs no mention.
                        boolean first = word.equals(dimension.words().get(0));
                        longer.add(first ? name : name + ":" + word.replace("<n>", "16"));
                    }
                }
                names = longer;
            }
            return names.stream().filter(AllVariants::makesSense);
        });
    }

    /** The collector cannot tell when memory is free, so there is nothing to defer. */
    private static boolean makesSense(String name) {
        return !Set.of(name.split(":")).containsAll(Set.of("gc", "deferred"));
    }
}
