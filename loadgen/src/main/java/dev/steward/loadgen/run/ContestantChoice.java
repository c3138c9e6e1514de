package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.Nearest;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.strategy.Contestant;
import dev.steward.strategy.Contestants;
import dev.steward.strategy.LockStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contestants that a user names, and those that take part if none is named.
 */
public final class ContestantChoice {
    /** Names all contestants at once. */
    public static final String ALL = "all";

    /** Names all designs at once. */
    public static final String DESIGNS = "designs";

    /** One of each family, so that a comparison without options is done while one waits for it. */
    private static final Set<String> DEFAULT = Set.of("mutex", "rwlock", "stamped", "rcu-page", "unguarded");

    private ContestantChoice() {
    }

    /**
     * The named ones, or a small set: the usual suspects of the suite and everything from other jars.
     *
     * @param names as on the command line, maybe with variants; empty for the default; "all" for all strategies;
     *              "designs" among them for all designs.
     * @return in the order in which they were named, without repetition.
     * @throws ScenarioException with one line, if a name or a variant is unknown.
     */
    public static List<Contestant> named(List<String> names) {
        if (names.isEmpty()) {
            return Contestants.all().stream()
                .filter(contestant -> !(contestant instanceof LockStrategy)
                    || DEFAULT.contains(contestant.info().name()))
                .toList();
        }
        Map<String, Contestant> chosen = new LinkedHashMap<>();
        for (String name : names) {
            group(name).forEach(contestant -> chosen.putIfAbsent(contestant.info().name(), contestant));
        }
        return List.copyOf(chosen.values());
    }

    private static List<Contestant> group(String name) {
        return switch (name) {
            case ALL -> Contestants.all();
            case DESIGNS -> Contestants.designs();
            default -> List.of(named(name));
        };
    }

    private static Contestant named(String name) {
        try {
            return Contestants.byName(name).orElseThrow(() -> new ScenarioException(
                "--strategy: unknown strategy '" + name + "'; " + Nearest.question(name,
                    Stream.concat(Contestants.all().stream(), Contestants.designs().stream())
                        .map(contestant -> contestant.info().name()))
                    + "allowed: " + Contestants.choices()));
        } catch (IllegalArgumentException e) {
            throw new ScenarioException("--strategy: " + e.getMessage());
        }
    }
}
