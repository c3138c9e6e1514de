package dev.steward.reports.verdict;

import dev.steward.reports.statistics.MeanInterval;
import dev.steward.reports.statistics.SharedVariance;
import dev.steward.results.TurnFigure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How contestants differ in one figure on one path. Where memory was too small for all of them, generations held
 * different groups: two that never met are compared through a third that both have met.
 */
final class TurnFamily {
    private final List<String> contestants;
    private final Map<Match, Estimate> met = new LinkedHashMap<>();

    private TurnFamily(List<String> contestants) {
        this.contestants = contestants;
    }

    /** Two that are compared: the second against the first. */
    record Match(String first, String second) {
        private boolean has(String contestant) {
            return first.equals(contestant) || second.equals(contestant);
        }
    }

    /**
     * How the second differs from the first.
     *
     * @param log of second by first
     */
    record Estimate(MeanInterval log, int generations, int rounds) {
        private Estimate flipped() {
            return new Estimate(log.times(-1), generations, rounds);
        }

        private Estimate minus(Estimate other) {
            return new Estimate(log.minus(other.log), Math.min(generations, other.generations), rounds + other.rounds);
        }
    }

    static TurnFamily of(List<String> contestants, TurnFigure figure, TurnRounds rounds) {
        Map<Match, TurnRounds.Paired> values = new LinkedHashMap<>();
        for (int i = 0; i < contestants.size(); i++) {
            for (int j = i + 1; j < contestants.size(); j++) {
                TurnRounds.Paired paired = rounds.paired(figure, contestants.get(i), contestants.get(j));
                if (paired.logs().length > 0) {
                    values.put(new Match(contestants.get(i), contestants.get(j)), paired);
                }
            }
        }
        TurnFamily family = new TurnFamily(contestants);
        means(values).forEach((match, mean) -> family.met.put(match,
            new Estimate(mean, values.get(match).logs().length, values.get(match).rounds())));
        return family;
    }

    /** A single value has a mean, and nothing is known of its scatter. */
    private static Map<Match, MeanInterval> means(Map<Match, TurnRounds.Paired> pairs) {
        Map<Match, MeanInterval> means = new LinkedHashMap<>();
        List<Match> scattered = new ArrayList<>();
        pairs.forEach((match, paired) -> {
            if (paired.logs().length > 1) {
                scattered.add(match);
            } else {
                means.put(match, new MeanInterval(paired.logs()[0], Double.NaN, Double.NaN));
            }
        });
        List<MeanInterval> together = SharedVariance.means(
            scattered.stream().map(match -> pairs.get(match).logs()).toList(), sharing(scattered));
        for (int i = 0; i < scattered.size(); i++) {
            means.put(scattered.get(i), together.get(i));
        }
        return means;
    }

    /** Share of all other pairs that have a contestant in common with a pair. */
    private static double sharing(List<Match> matches) {
        long common = matches.stream().mapToLong(match -> matches.stream()
            .filter(other -> other != match && (other.has(match.first) || other.has(match.second))).count()).sum();
        return matches.size() < 2 ? 0 : common / (double) matches.size() / (matches.size() - 1);
    }

    /** Empty if the two have met neither each other nor a third. */
    Optional<Estimate> of(Match match) {
        return direct(match).or(() -> contestants.stream()
            .filter(third -> direct(new Match(third, match.first)).isPresent()
                && direct(new Match(third, match.second)).isPresent())
            .map(third -> direct(new Match(third, match.second)).orElseThrow()
                .minus(direct(new Match(third, match.first)).orElseThrow()))
            .max(Comparator.comparingInt(Estimate::generations)));
    }

    private Optional<Estimate> direct(Match match) {
        Estimate estimate = met.get(match);
        return estimate != null ? Optional.of(estimate)
            : Optional.ofNullable(met.get(new Match(match.second, match.first))).map(Estimate::flipped);
    }
}
