package dev.steward.loadgen.fleet;

import dev.steward.loadgen.cell.CellMemory;
import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.AtomicFiles;
import dev.steward.results.Digest;
import dev.steward.results.FleetPlan;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Manifests of Kubernetes: an indexed job (KEP-3850, backoff limit per index: stable since 1.33), one that merges, and
 * what an image is built from.
 *
 * @param image name of the image.
 * @param claim name of the persistent volume claim that holds the folder of the plan.
 */
record KubernetesFiles(String image, String claim) implements SchedulerFiles {
    private static final String JOB = "job.yaml";
    private static final String MERGE = "merge.yaml";
    private static final String CONTAINER = "Containerfile";
    private static final int RETRIES = 2;
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9][\\w.:/@-]{0,254}");
    /** RFC 1123, as Kubernetes names things. */
    private static final Pattern CLAIM = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");
    /** Beside the JVMs that measure: the one that runs them, and the system. */
    private static final long OTHER_BYTES = 2L << 30;
    /** So many characters are left of a name of a job, whose pods and hosts add some of their own. */
    private static final int LONGEST_NAME = 31;
    /** Digits that keep plans of one grid apart, whose tasks must not count as those of one job. */
    private static final int PLAN_DIGITS = 8;

    KubernetesFiles {
        if (!IMAGE.matcher(image).matches()) {
            throw new ScenarioException("--image: '" + Wording.shown(image) + "' is no name of an image");
        }
        if (!CLAIM.matcher(claim).matches()) {
            throw new ScenarioException("--claim: '" + Wording.shown(claim) + "' is no name of a claim");
        }
    }

    @Override
    public List<String> write(FleetWriter to, SweepGrid grid, FleetPlan plan) throws IOException {
        int cpus = grid.points().stream().mapToInt(point -> RigCheck.threads(point.scenario())).max().orElseThrow();
        long bytes = grid.points().stream().mapToLong(point -> CellMemory.footprintBytes(point.scenario())).max()
            .orElseThrow() * grid.strategies().size() + OTHER_BYTES;
        String name = name(grid.name()) + "-" + digest(to, plan);
        Map<String, Object> values = Map.of("command", Wording.oneLine(plan.command()), "name", name,
            "count", plan.tasks().size(), "atOnce", plan.atOnce(), "retries", RETRIES, "image", image, "claim", claim,
            "cpus", cpus, "memoryMib", bytes >> 20);
        for (String file : List.of(CONTAINER, JOB, MERGE)) {
            AtomicFiles.write(to.folder().resolve(file), Template.filled(file, values));
        }
        return List.of(CONTAINER, JOB, MERGE);
    }

    private static String digest(FleetWriter to, FleetPlan plan) {
        return Digest.of((to.folder() + "\n" + plan.command()).getBytes(StandardCharsets.UTF_8), PLAN_DIGITS);
    }

    private static String name(String grid) {
        String name = grid.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String shorter = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-$", "");
        return shorter.isEmpty() ? "sweep" : shorter;
    }
}
