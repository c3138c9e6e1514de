package dev.steward.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All strategies: the suite's own in the order of {@link LockStrategy}, then those of jars on the class path; apart
 * from them the designs, which are found by name but stand in no list that a comparison takes by itself.
 */
public final class Strategies {
    private Strategies() {
    }

    /**
     * Lists all strategies.
     *
     * @return a new list.
     * @throws IllegalStateException if two strategies have the same name.
     */
    public static List<Strategy> all() {
        List<Strategy> all = new ArrayList<>(List.of(LockStrategy.values()));
        List<Strategy> designs = designs();
        for (Strategy added : added()) {
            String name = added.info().name();
            if (Stream.concat(all.stream(), designs.stream()).anyMatch(known -> known.info().name().equals(name))) {
                throw new IllegalStateException("two strategies are called '" + name + "'; rename the added one");
            }
            all.add(added);
        }
        return all;
    }

    /**
     * Lists the designs, which {@link #all()} leaves out.
     *
     * @return a new list, in table order.
     */
    public static List<Strategy> designs() {
        return ServiceLoader.load(DesignList.class, DesignList.class.getClassLoader()).stream()
            .flatMap(provider -> provider.get().designs().stream()).toList();
    }

    private static List<Strategy> added() {
        try {
            return ServiceLoader.load(Strategy.class).stream().map(ServiceLoader.Provider::get).toList();
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("a strategy on the class path cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Finds a strategy or a design.
     *
     * @param name value of {@link StrategyInfo#name()}, maybe followed by a colon and a variant: {@code mutex:master}.
     * @return the strategy, or empty.
     * @throws IllegalArgumentException with one line that says what is allowed, if only the variant is unknown.
     */
    public static Optional<Strategy> byName(String name) {
        int colon = name.indexOf(':');
        String design = colon < 0 ? name : name.substring(0, colon);
        return Stream.concat(all().stream(), designs().stream())
            .filter(strategy -> strategy.info().name().equals(design)).findFirst()
            .map(strategy -> colon < 0 ? strategy : strategy.variant(name.substring(colon + 1)));
    }

    /**
     * What may stand where a strategy is to be named, for messages.
     *
     * @return all names, those of the designs behind a word of their own.
     */
    public static String choices() {
        return String.join(", ", names()) + "; designs: "
            + designs().stream().map(design -> design.info().name()).collect(Collectors.joining(", "));
    }

    /**
     * The names of all strategies, designs left out, in table order.
     *
     * @return a new list.
     */
    public static List<String> names() {
        return all().stream().map(strategy -> strategy.info().name()).toList();
    }
}
