package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Randomness;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a comparison in the order they run: repeat by repeat, and within a repeat all strategies and paths in
 * seeded random order, so that drift of the machine hits all alike.
 */
final class CellPlan {
    private CellPlan() {
    }

    static List<CellSpec> of(
        Scenario scenario, List<String> strategies, String eventsFile, String traceFile, String folder) {
        List<CellSpec> plan = new ArrayList<>();
        Randomness random = new Randomness(Randomness.derive(scenario.seed(), "cell-order"));
        for (int repeat = 1; repeat <= scenario.count(ScenarioKey.REPEATS); repeat++) {
            List<CellSpec> block = new ArrayList<>();
            for (String path : paths(scenario)) {
                for (String strategy : strategies) {
                    String id = CellSpec.idOf(strategy, path, repeat);
                    block.add(new CellSpec(
                        id, strategy, path, repeat, scenario.settings(), eventsFile, traceFile, folder));
                }
            }
            random.shuffle(block);
            plan.addAll(block);
        }
        return plan;
    }

    static List<String> paths(Scenario scenario) {
        String path = scenario.text(ScenarioKey.PATH);
        return path.equals("both") ? List.of(CellSpec.INLINE, CellSpec.RING) : List.of(path);
    }
}
