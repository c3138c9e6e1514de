package dev.steward.loadgen.fleet;

import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetPlan;
import java.io.IOException;
import java.util.List;

/** What one kind of scheduler is given. */
public interface SchedulerFiles {
    /** {@return batch scripts} */
    static SchedulerFiles slurm() {
        return new SlurmFiles();
    }

    /**
     * {@return manifests and what an image is built from}
     *
     * @param image name of the image.
     * @param claim name of the persistent volume claim that holds the folder of the plan.
     * @throws dev.steward.loadgen.scenario.ScenarioException with one line, if one is no such name.
     */
    static SchedulerFiles kubernetes(String image, String claim) {
        return new KubernetesFiles(image, claim);
    }

    /**
     * {@return a script for GNU parallel}
     *
     * @param hosts as ssh takes them; {@code :} is this machine.
     * @throws dev.steward.loadgen.scenario.ScenarioException with one line, if there is none, or one is no host.
     */
    static SchedulerFiles ssh(List<String> hosts) {
        return new SshFiles(hosts);
    }

    /**
     * Writes files into the folder of a plan.
     *
     * @return their names, in the order to be given to the scheduler.
     * @throws IOException if they cannot be written.
     */
    List<String> write(FleetWriter to, SweepGrid grid, FleetPlan plan) throws IOException;
}
