package dev.steward.loadgen.fleet;

import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.AtomicFiles;
import dev.steward.results.FleetPlan;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batch scripts of Slurm: one for each array, and one that merges. */
final class SlurmFiles implements SchedulerFiles {
    static final String MERGE = "merge.sbatch";
    private static final String SWEEP = "sweep.sbatch";
    /** Times that a task which failed is started anew. */
    private static final int RETRIES = 2;
    private static final long MS_PER_MINUTE = 60_000;
    /** A limit lets a scheduler fill gaps, and ends what hangs; what is cut short begins anew, so it is generous. */
    private static final int SLACK_MINUTES = 10;

    /** Name of the script of an array. */
    static String script(int array) {
        return array == 0 ? SWEEP : "sweep-" + (array + 1) + ".sbatch";
    }

    @Override
    public List<String> write(FleetWriter to, SweepGrid grid, FleetPlan plan) throws IOException {
        Path dir = to.folder();
        Map<String, Object> values = new HashMap<>(Map.of(
            "command", Wording.oneLine(plan.command()), "name", grid.name().replaceAll("[^\\w.-]", "_"), "dir", dir,
            "quotedDir", Template.quoted(dir.toString()), "steward", to.launcher(), "retries", RETRIES));
        List<String> names = new ArrayList<>();
        for (int offset = 0; offset < plan.tasks().size(); offset += plan.perArray()) {
            int count = Math.min(plan.perArray(), plan.tasks().size() - offset);
            long longestMs = plan.tasks().subList(offset, offset + count).stream()
                .mapToLong(FleetPlan.Task::estimateMs).max().orElseThrow();
            values.putAll(Map.of("offset", offset, "count", count, "first", offset + 1, "last", offset + count,
                "atOnce", plan.atOnce(), "limitMinutes", 2 * longestMs / MS_PER_MINUTE + SLACK_MINUTES));
            names.add(script(names.size()));
            AtomicFiles.write(dir.resolve(names.get(names.size() - 1)), Template.filled(SWEEP, values));
        }
        AtomicFiles.write(dir.resolve(MERGE), Template.filled(MERGE, values));
        names.add(MERGE);
        return names;
    }
}
