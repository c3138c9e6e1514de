package dev.steward.loadgen.run;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.Nearest;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.Launcher;
import dev.steward.results.Wording;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The strategies that a user names, and those that take part if none is named. */
public final class StrategyChoice {
    /** Names all strategies at once. */
    public static final String ALL = "all";

    /** Names all designs at once. */
    public static final String DESIGNS = "designs";

    /** One of each family, so that a comparison without options is done while one waits for it. */
    private static final Set<String> DEFAULT = Set.of("mutex", "rwlock-spin", "stamped", "rcu-page", "unguarded");

    private StrategyChoice() {
    }

    /**
     * The named ones, or a small set: the usual suspects of the suite and everything from other jars. Of a group those
     * that can run in this JVM.
     *
     * @param names as on the command line, maybe with variants; empty for the default; "all" for all strategies;
     *              "designs" among them for all designs.
     * @return in the order in which they were named, without repetition.
     * @throws ScenarioException with one line, if a name or a variant is unknown, or cannot run in this JVM.
     */
    public static List<Strategy> named(List<String> names) {
        for (String name : names) {
            if (!name.equals(ALL) && !name.equals(DESIGNS)) {
                one(name).refusal().ifPresent(refusal -> {
                    throw new MachineException("--strategy: '" + name + "' cannot run here: " + refusal);
                });
            }
        }
        return listed(names).stream().filter(strategy -> strategy.refusal().isEmpty()).toList();
    }

    /** Those that {@link #named} leaves out, and why: a line for each reason. */
    public static List<String> cannotRun(List<String> names) {
        return Strategies.cannotRun(listed(names));
    }

    /**
     * As {@link #named}, with those that cannot run in this JVM.
     *
     * @throws ScenarioException with one line, if a name or a variant is unknown.
     */
    public static List<Strategy> listed(List<String> names) {
        if (names.isEmpty()) {
            return Strategies.all().stream()
                .filter(strategy -> !(strategy instanceof LockStrategy)
                    || DEFAULT.contains(strategy.description().name()))
                .toList();
        }
        Map<String, Strategy> chosen = new LinkedHashMap<>();
        for (String name : names) {
            group(name).forEach(strategy -> chosen.putIfAbsent(strategy.description().name(), strategy));
        }
        requireFilesOfTheirOwn(chosen.keySet());
        return List.copyOf(chosen.values());
    }

    /** Variants and builds are told from each other by characters that files do not have. */
    static void requireFilesOfTheirOwn(Set<String> names) {
        Map<String, String> byFile = new HashMap<>();
        for (String name : names) {
            String other = byFile.put(CellSpec.idOf(name, CellSpec.RING, 1), name);
            if (other != null) {
                throw new ScenarioException(
                    "--strategy: the files of '" + other + "' and '" + name + "' would have one name; choose one");
            }
        }
    }

    private static List<Strategy> group(String name) {
        return switch (name) {
            case ALL -> Strategies.all();
            case DESIGNS -> Strategies.designs();
            default -> List.of(one(name));
        };
    }

    private static Strategy one(String name) {
        try {
            return Strategies.byName(name).orElseThrow(() -> new ScenarioException(
                "--strategy: unknown strategy '" + Wording.shown(name) + "'; " + Nearest.question(name,
                    Stream.concat(Strategies.all().stream(), Strategies.designs().stream())
                        .map(strategy -> strategy.description().name()))
                    + "'" + Launcher.command() + " strategies' lists them all"));
        } catch (IllegalArgumentException e) {
            throw new ScenarioException("--strategy: " + e.getMessage());
        }
    }
}
