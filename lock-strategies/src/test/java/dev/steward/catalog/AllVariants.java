package dev.steward.catalog;

import dev.steward.strategy.Strategy;
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
        return Strategies.namesWithVariants().stream()
            .map(name -> Named.of(name, Strategies.byName(name).orElseThrow()));
    }

    /** Those that keep the promises of the port. */
    public static Stream<Named<Strategy>> ranked() {
        return all().filter(named -> named.getPayload().description().ranked());
    }
}
