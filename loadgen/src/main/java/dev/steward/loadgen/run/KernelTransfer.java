package dev.steward.loadgen.run;

import dev.steward.loadgen.kernel.KernelFigures;
import dev.steward.results.KernelResult;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.RunManifest.EnvironmentEntry;
import dev.steward.results.TransferResult;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/** Figures of the kernel module as a file that {@code transfer --with} puts beside those of the JVM and of C. */
public final class KernelTransfer {
    private KernelTransfer() {
    }

    /**
     * Makes the file.
     *
     * @param home    folder of the suite.
     * @param command that reads the log again.
     * @return the figures of one kernel; null if the log has none of a closed loop without a section.
     */
    public static TransferResult of(KernelResult result, Path home, String command) {
        KernelFigures figures = KernelFigures.of(result);
        if (figures.figures().isEmpty()) {
            return null;
        }
        List<Measurement> used = figures.used();
        int repeats = figures.figures().stream().mapToInt(figure -> figure.repeatsNs().size()).max().orElseThrow();
        long tookMs = used.stream().mapToLong(one -> (long) one.run().warmupMs() + one.run().durationMs()).sum();
        Measurement first = used.get(0);
        List<EnvironmentEntry> environment = List.of(
            new EnvironmentEntry("kernel", "Linux " + first.run().kernel() + " " + first.run().arch()),
            new EnvironmentEntry("preemption", first.run().preempt()),
            new EnvironmentEntry("logical cpus", Integer.toString(largest(used, one -> one.run().cpus()))));
        return new TransferResult(TransferResult.FORMAT, TransferResult.VERSION, Comparison.now(), command,
            CompareConfig.version(), SourceVersion.commit(home), first.run().seed(), environment,
            largest(used, one -> one.run().entries()), repeats, 0, tookMs, figures.figures(), figures.missing(),
            figures.controls());
    }

    private static int largest(List<Measurement> used, ToIntFunction<Measurement> of) {
        return used.stream().mapToInt(of).max().orElseThrow();
    }
}
