package dev.steward.reports;

import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Turns as the prototype of them scattered: JVM from JVM and round from round by a normal share of the figure, with one
 * round in twenty off by half. Seeded: the same calls give the same turns.
 */
public final class Turns {
    /** Nanoseconds of a contestant that nothing slows down. */
    public static final Map<TurnFigure, Double> MEDIANS =
        Map.of(TurnFigure.EVENT, 600.0, TurnFigure.ATTACH, 4200.0, TurnFigure.COMMIT, 900.0);
    private static final Map<TurnFigure, double[]> SPREAD = Map.of(TurnFigure.EVENT, new double[] {0.017, 0.028},
        TurnFigure.ATTACH, new double[] {0.09, 0.07}, TurnFigure.COMMIT, new double[] {0.12, 0.1});
    private static final double WAKE_UP_NS = 20_000;
    private static final double WILD_ROUNDS = 0.05;

    private final Map<String, Map<TurnFigure, Double>> slower = new LinkedHashMap<>();
    private final long seed;
    private SplittableRandom random;
    private List<String> paths = List.of("inline", "ring");
    private int generations = 10;
    private int rounds = 8;
    private List<String> wantedPaths;
    private boolean disturbed;
    private boolean olderBuild;
    private String leftOut = "";
    private Long failures;
    private List<TurnPlan.Placed> placement = List.of(new TurnPlan.Placed("handler, inline", "1"));

    private Turns(long seed) {
        this.seed = seed;
    }

    /** Contestants that are alike. */
    public static Turns of(long seed, String... contestants) {
        Turns turns = new Turns(seed);
        for (String contestant : contestants) {
            turns.slower(contestant, 1);
        }
        return turns;
    }

    /** Slows a contestant down, in all its figures. */
    public Turns slower(String contestant, double factor) {
        return slower(contestant, factor, factor, factor);
    }

    /** Slows a contestant down, figure by figure. */
    public Turns slower(String contestant, double event, double attach, double commit) {
        slower.put(contestant,
            Map.of(TurnFigure.EVENT, event, TurnFigure.ATTACH, attach, TurnFigure.COMMIT, commit));
        return this;
    }

    /** Leaves out one round in ten. */
    public Turns disturbed() {
        disturbed = true;
        return this;
    }

    /** Times events from their real start only. */
    public Turns ofOlderBuild() {
        olderBuild = true;
        return this;
    }

    /** Leaves out every turn of a contestant. */
    public Turns leavingOut(String contestant) {
        leftOut = contestant;
        return this;
    }

    /** Has a wanted precision on these paths, and not on those of the run. */
    public Turns wanting(String... pathNames) {
        wantedPaths = List.of(pathNames);
        return this;
    }

    /** Lets so many allocations fail in each turn. */
    public Turns failing(long allocations) {
        failures = allocations;
        return this;
    }

    /** Says which thread ran where. */
    public Turns placed(TurnPlan.Placed... threads) {
        placement = List.of(threads);
        return this;
    }

    /** Sets how many generations there are, of how many rounds. */
    public Turns generations(int number, int ofRounds) {
        generations = number;
        rounds = ofRounds;
        return this;
    }

    /** Sets the paths. */
    public Turns paths(String... names) {
        paths = List.of(names);
        return this;
    }

    /** {@return the plan of a run that spent its budget of four minutes} */
    public TurnPlan plan() {
        Map<String, Double> precision = new LinkedHashMap<>();
        for (String path : wantedPaths == null ? paths : wantedPaths) {
            precision.put(TurnPlan.key(TurnFigure.EVENT, path), path.equals("ring") ? 0.1 : 0.05);
            precision.put(TurnPlan.key(TurnFigure.ATTACH, path), 0.2);
            precision.put(TurnPlan.key(TurnFigure.COMMIT, path), 0.2);
        }
        return new TurnPlan(100, 8, rounds, generations, 240_000, 240_000, 4, 4, precision,
            placement, null);
    }

    /** {@return the contestants, ranked unless they are called {@code unguarded}} */
    public List<RunManifest.StrategyInfo> strategies() {
        return slower.keySet().stream().map(name -> new RunManifest.StrategyInfo(name, "Guard by " + name,
            "nearest to " + name, !name.equals("unguarded"), "any", false, true, false, null, "nothing", "nothing",
            null, null, null)).toList();
    }

    /** {@return all turns, with one turn of run-in for each contestant and path} */
    public List<TurnRecord> records() {
        random = new SplittableRandom(seed);
        List<TurnRecord> turns = new ArrayList<>();
        for (int generation = 1; generation <= generations; generation++) {
            Map<String, Double> jvms = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                for (String path : paths) {
                    int position = 1;
                    for (String contestant : slower.keySet()) {
                        turns.add(turn(generation, round, position++, contestant, path, jvms));
                    }
                }
            }
        }
        return turns;
    }

    private TurnRecord turn(
        int generation, int round, int position, String contestant, String path, Map<String, Double> jvms) {
        Map<String, TurnRecord.Figure> figures = new LinkedHashMap<>();
        for (TurnFigure figure : TurnFigure.values()) {
            double[] spread = SPREAD.get(figure);
            double jvm = jvms.computeIfAbsent(contestant + path + figure, any -> spread[0] * random.nextGaussian());
            double wild = random.nextDouble() < WILD_ROUNDS ? 0.5 : 0;
            double runIn = round == 0 ? 1 : 0;
            double median = MEDIANS.get(figure) * slower.get(contestant).get(figure);
            figures.put(figure.tag(), new TurnRecord.Figure(100, median
                * Math.exp(jvm + spread[1] * random.nextGaussian() + wild + runIn)));
        }
        double awakeNs = figures.get(TurnFigure.EVENT.tag()).medianNs();
        figures.put(Tags.EVENT_ENQUEUE_RAW,
            new TurnRecord.Figure(100, path.equals("ring") ? awakeNs + WAKE_UP_NS : awakeNs));
        if (olderBuild) {
            figures.remove(TurnFigure.EVENT.tag());
        }
        boolean kept = !contestant.equals(leftOut) && (!disturbed || (generation * 8 + round) % 10 > 0);
        return turn(generation, round, position, contestant, path, kept, figures, failures);
    }

    /** One turn with nothing of interest but its figures. */
    public static TurnRecord turn(
        int generation, int round, int position, String contestant, String path,
        boolean kept, Map<String, TurnRecord.Figure> figures) {
        return turn(generation, round, position, contestant, path, kept, figures, null);
    }

    private static TurnRecord turn(
        int generation, int round, int position, String contestant, String path,
        boolean kept, Map<String, TurnRecord.Figure> figures, Long failures) {
        return new TurnRecord(generation, round, position, contestant, path, kept, kept ? List.of() : List.of("steal"),
            figures, List.of(new CellRecord.Rate("storm", 20_000, 20_000, 2_000, 2_000)),
            new CellRecord.Ledger(2_000, 2_000, 0, 0, 0, 0, 0, 0L, 0, 0, 0L, 0L, 0, 0), Map.of(), 0, failures);
    }
}
