package dev.steward.reports.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.Turns;
import dev.steward.results.FleetFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a large merge takes and how much memory, by hand on a quiet machine:
 * {@code mvn -pl reports -am test -Dtest=FleetSizeTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dsteward.fleet.points=1000}.
 */
@EnabledIfSystemProperty(named = "steward.fleet.points", matches = "\\d+")
class FleetSizeTest {
    private static final String[] STRATEGIES = IntStream.range(0, 10).mapToObj(i -> "lock" + i).toArray(String[]::new);
    private static final double NS_PER_SECOND = 1e9;

    @TempDir
    private Path folder;

    @Test
    void shouldMergeManyPoints() throws IOException {
        int points = Integer.getInteger("steward.fleet.points");
        List<List<String>> tasks = IntStream.range(0, points).mapToObj(i -> List.of(String.format("%04d", i))).toList();
        FleetFolder fleet = Fleets.plan(folder.resolve("plan"), tasks, List.of(STRATEGIES));
        for (int task = 1; task <= points; task++) {
            Path local = Fleets.measured(folder.resolve("local" + task), 1, "a machine", 0,
                Turns.of(task, STRATEGIES).generations(6, 3), List.of(STRATEGIES), List.of("inline", "ring"));
            Fleets.deliver(fleet, local, tasks.get(task - 1).get(0), Fleets.attempt(task, "a", "n" + task % 8));
        }
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);

        long fromNs = System.nanoTime();
        FleetMerge.Merged merged = FleetMerge.merge(fleet);
        long ns = System.nanoTime() - fromNs;

        assertThat(merged.results()).isEqualTo(points);
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
            .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf("merged %d points of %d strategies in %.1f s, at most %d MiB in all pools of memory%n",
            points, STRATEGIES.length, ns / NS_PER_SECOND, peak >> 20);
    }
}
