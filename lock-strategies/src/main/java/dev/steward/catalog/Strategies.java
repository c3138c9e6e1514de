package dev.steward.catalog;

import dev.steward.design.KernelDesign;
import dev.steward.strategy.Dimension;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All strategies: the suite's own in the order of {@link LockStrategy}, then those of jars on the class path; after
 * them the designs, {@link KernelDesign}, which are found by name but in no list that a comparison takes by itself.
 */
public final class Strategies {
    private static final List<Strategy> OWN = List.of(LockStrategy.values());
    private static final ThreadLocal<Boolean> LOADING = ThreadLocal.withInitial(() -> false);
    private static final List<Strategy> DESIGNS = List.of(KernelDesign.values());

    /** What a command line may name instead of a strategy. */
    private static final Set<String> LISTS = Set.of("all", "designs");

    private Strategies() {
    }

    /**
     * Lists all strategies that are no designs.
     *
     * @throws UnusableStrategyException if one of a jar cannot be used, or has a name that is taken.
     */
    public static List<Strategy> all() {
        List<Strategy> all = new ArrayList<>(OWN);
        for (Strategy added : added()) {
            String name = added.description().name();
            if (name.indexOf(':') >= 0) {
                throw new UnusableStrategyException(
                    "a strategy is called '" + name + "', as a variant would be; rename it without the colon", null);
            }
            if (LISTS.contains(name)) {
                throw new UnusableStrategyException(
                    "a strategy is called '" + name + "', which stands for a list of them; rename it", null);
            }
            if (Stream.concat(all.stream(), DESIGNS.stream()).anyMatch(known -> name(known).equals(name))) {
                throw new UnusableStrategyException(
                    "two strategies are called '" + name + "'; rename the added one", null);
            }
            all.add(added);
        }
        return all;
    }

    /** Lists those of {@link #all()} that can run in this JVM. */
    public static List<Strategy> runnable() {
        return all().stream().filter(strategy -> strategy.refusal().isEmpty()).toList();
    }

    /**
     * Says which of some strategies cannot run in this JVM, and why.
     *
     * @return a line for each reason, maybe none.
     */
    public static List<String> cannotRun(List<Strategy> strategies) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        strategies.forEach(strategy -> strategy.refusal().ifPresent(refusal ->
            names.computeIfAbsent(refusal, any -> new ArrayList<>()).add(name(strategy))));
        return names.entrySet().stream()
            .map(one -> "cannot run here: " + String.join(", ", one.getValue()) + ": " + one.getKey()).toList();
    }

    /** Lists the designs, which are not in {@link #all()}. */
    public static List<Strategy> designs() {
        return DESIGNS;
    }

    private static List<Strategy> added() {
        if (LOADING.get()) {
            // One of them looks up what it wraps, and the others are not known yet.
            return List.of();
        }
        LOADING.set(true);
        try {
            List<Strategy> added = ServiceLoader.load(Strategy.class).stream()
                .map(ServiceLoader.Provider::get).toList();
            added.forEach(Strategies::checkDescription);
            return added;
        } catch (UnsupportedClassVersionError e) {
            throw unusable("was compiled for a newer JDK than this one, " + Runtime.version().feature(), e);
        } catch (ServiceConfigurationError | RuntimeException | StackOverflowError e) {
            throw unusable("cannot be used", e);
        } catch (LinkageError e) {
            throw new UnusableStrategyException("a strategy on the class path was built for another version of "
                + "Steward: no " + e.getMessage(), e);
        } finally {
            LOADING.set(false);
        }
    }

    /** There may be several jars. */
    private static void checkDescription(Strategy strategy) {
        try {
            Objects.requireNonNull(strategy.description(), "its description is null");
        } catch (LinkageError | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            CodeSource source = strategy.getClass().getProtectionDomain().getCodeSource();
            throw new IllegalArgumentException((source == null ? strategy.getClass().getName()
                : Path.of(source.getLocation().getPath()).getFileName()) + ": "
                + (e.getMessage() == null ? "its description cannot be had" : e.getMessage()), e);
        }
    }

    /** The cause says more than what wraps it. */
    private static UnusableStrategyException unusable(String what, Throwable e) {
        Throwable cause = e instanceof ServiceConfigurationError ? e : null;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause == null || cause == e ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause;
        return new UnusableStrategyException(
            "a strategy on the class path " + what + ": " + message.lines().findFirst().orElse(""), e);
    }

    /**
     * Finds a strategy or a design.
     *
     * @param name as in its description, maybe followed by a colon and a variant: {@code mutex:master}.
     * @return the strategy, or empty.
     * @throws IllegalArgumentException with one line that says what is allowed, if only the variant is unknown.
     */
    public static Optional<Strategy> byName(String name) {
        int colon = name.indexOf(':');
        String plain = colon < 0 ? name : name.substring(0, colon);
        return Stream.concat(all().stream(), DESIGNS.stream())
            .filter(strategy -> name(strategy).equals(plain)).findFirst()
            .map(strategy -> colon < 0 ? strategy : strategy.variant(name.substring(colon + 1)));
    }

    /**
     * What may be written where a strategy is to be named, for messages.
     *
     * @return all names, those of the designs behind a word of their own.
     */
    public static String choices() {
        return String.join(", ", names()) + "; designs: "
            + String.join(", ", DESIGNS.stream().map(Strategies::name).toList());
    }

    /** The names of all strategies but the designs, in table order. */
    public static List<String> names() {
        return all().stream().map(Strategies::name).toList();
    }

    /**
     * The names of the suite's own strategies and designs, each followed by those of its variants: for what runs over
     * everything there is.
     */
    public static List<String> namesWithVariants() {
        Stream<String> designs = Stream.of(KernelDesign.values()).flatMap(design -> Stream.concat(
            Stream.of(name(design)), design.variants().stream().map(variant -> name(design) + ":" + variant)));
        return Stream.concat(OWN.stream().flatMap(Strategies::variants), designs).toList();
    }

    private static Stream<String> variants(Strategy strategy) {
        List<String> names = List.of(name(strategy));
        for (Dimension dimension : strategy.description().dimensions()) {
            if (dimension.ofWaiting()) {
                // How its waiters wait has nothing to do with what a lock covers, nor with another algorithm.
                names = Stream.concat(names.stream(), dimension.words().stream().skip(1)
                    .map(word -> name(strategy) + ":" + word)).toList();
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
        // The collector cannot tell when memory is free, so there is nothing to defer.
        return names.stream().filter(name -> !Set.of(name.split(":")).containsAll(Set.of("gc", "deferred")));
    }

    private static String name(Strategy strategy) {
        return strategy.description().name();
    }
}
