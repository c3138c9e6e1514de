package dev.steward.loadgen.run;

import dev.steward.loadgen.kernel.KernelException;
import dev.steward.loadgen.kernel.KernelFigures;
import dev.steward.results.KernelResult;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.RunManifest.EnvironmentEntry;
import dev.steward.results.TransferResult;
import dev.steward.results.TransferResult.Missing;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Figures of the kernel module as a file that {@code transfer --with} puts beside those of the JVM and of C. */
public final class KernelTransfer {
    private KernelTransfer() {
    }

    /**
     * Makes the file.
     *
     * @param home    folder of the suite.
     * @param command that reads the log again.
     * @throws KernelException if the log is of more than one kernel, or has no figure that can stand beside others.
     */
    public static TransferResult of(KernelResult result, Path home, String command) throws KernelException {
        List<String> kernels = result.measurements().stream()
            .map(one -> one.run().kernel() + " " + one.run().arch() + " (" + one.run().preempt() + ")").distinct()
            .toList();
        if (kernels.size() > 1) {
            throw new KernelException("the log is of more than one kernel, which a file cannot be: "
                + String.join(", ", kernels));
        }
        KernelFigures figures = KernelFigures.of(result);
        if (figures.figures().isEmpty()) {
            throw new KernelException("the log has no figure of a load of the benchmarks"
                + figures.missing().stream().map(Missing::reason).distinct().map(reason -> " (" + reason + ")")
                    .collect(Collectors.joining()));
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
