package dev.steward.loadgen.fleet;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.AtomicFiles;
import dev.steward.results.FleetPlan;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A script that hands the tasks to GNU parallel, for labs without a scheduler.
 *
 * @param hosts as ssh takes them, at least one; {@code :} is this machine.
 */
record SshFiles(List<String> hosts) implements SchedulerFiles {
    private static final String SCRIPT = "sweep.sh";
    private static final String HOSTS = "hosts";
    private static final int RETRIES = 3;
    private static final Pattern HOST = Pattern.compile("[\\w.@:-]+");

    SshFiles {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new ScenarioException("--plan: ssh needs --hosts, as in --hosts one,two");
        }
        for (String host : hosts) {
            if (!HOST.matcher(host).matches() || host.startsWith("-")) {
                throw new ScenarioException("--hosts: '" + Wording.shown(host) + "' is no name of a host");
            }
        }
    }

    @Override
    public List<String> write(FleetWriter to, SweepGrid grid, FleetPlan plan) throws IOException {
        Path dir = to.folder();
        AtomicFiles.write(dir.resolve(HOSTS), String.join("\n", hosts) + "\n");
        Path script = dir.resolve(SCRIPT);
        AtomicFiles.write(script, Template.filled(SCRIPT, Map.of(
            "command", Wording.oneLine(plan.command()), "count", plan.tasks().size(), "retries", RETRIES,
            "quotedHosts", Template.quoted(dir.resolve(HOSTS).toString()),
            "quotedLog", Template.quoted(dir.resolve("log").resolve("joblog").toString()),
            "quotedTask", Template.quoted(to.launcher() + " --quiet sweep --task " + Template.quoted(dir.toString())
                + " {}"))));
        script.toFile().setExecutable(true);
        return List.of(SCRIPT);
    }
}
