package dev.steward.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * All contestants: the suite's own in the order of {@link LockStrategy}, then those of jars on the class path.
 */
public final class Contestants {
    private Contestants() {
    }

    /**
     * Lists all contestants.
     *
     * @return a new list.
     * @throws IllegalStateException if two contestants have the same name.
     */
    public static List<Contestant> all() {
        List<Contestant> all = new ArrayList<>(List.of(LockStrategy.values()));
        for (Contestant added : added()) {
            String name = added.info().name();
            if (all.stream().anyMatch(known -> known.info().name().equals(name))) {
                throw new IllegalStateException("two strategies are called '" + name + "'; rename the added one");
            }
            all.add(added);
        }
        return all;
    }

    private static List<Contestant> added() {
        try {
            return ServiceLoader.load(Contestant.class).stream().map(ServiceLoader.Provider::get).toList();
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("a strategy on the class path cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Finds a contestant.
     *
     * @param name value of {@link StrategyInfo#name()}, maybe followed by a colon and a variant: {@code mutex:master}.
     * @return the contestant, or empty.
     * @throws IllegalArgumentException with one line that says what is allowed, if only the variant is unknown.
     */
    public static Optional<Contestant> byName(String name) {
        int colon = name.indexOf(':');
        String design = colon < 0 ? name : name.substring(0, colon);
        return all().stream().filter(contestant -> contestant.info().name().equals(design)).findFirst()
            .map(contestant -> colon < 0 ? contestant : contestant.variant(name.substring(colon + 1)));
    }

    /**
     * The names of all contestants, in table order.
     *
     * @return a new list.
     */
    public static List<String> names() {
        return all().stream().map(contestant -> contestant.info().name()).toList();
    }
}
