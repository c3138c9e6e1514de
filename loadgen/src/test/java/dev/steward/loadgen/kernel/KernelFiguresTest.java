package dev.steward.loadgen.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.results.KernelResult;
import dev.steward.results.KernelResult.Figure;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.KernelResult.Run;
import dev.steward.results.KernelResult.Violations;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.Workload;
import dev.steward.results.LockFigure.World;
import dev.steward.results.TransferResult.Control;
import dev.steward.results.TransferResult.Missing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class KernelFiguresTest {
    @Test
    void shouldTakeRunsOfOneLoadForItsRepeats() {
        assertThat(KernelFigures.of(KernelResult.of(List.of(
            closed("mutex", "dynamic", 1, 10_000, 20, 40), closed("mutex", "dynamic", 1, 10_000, 50, 50),
            closed("mutex", "dynamic", 1, 10_000, 10, 10), closed("mutex", "dynamic", 0, 10_000, 7, 8)))).figures())
            .containsExactly(
                new LockFigure(World.KERNEL, "mutex", "mutex", Workload.TRANSLATE, 2, 1, 10_000, 30, null, null,
                    List.of(30.0, 50.0, 10.0), 3),
                new LockFigure(World.KERNEL, "mutex", "mutex", Workload.TRANSLATE, 2, 0, 0, 7.5, null, null,
                    List.of(7.5), 1));
    }

    @Test
    void shouldSayWhyAMeasurementHasNoFigure() {
        Run open = run("open", "dynamic", 1, 100, 0);
        Measurement section = new Measurement(run("closed", "dynamic", 1, 100, 50), "srcu", true, false, 20,
            new Violations(0, 0, 0), 0, 0, 0, 0, List.of());
        Run few = new Run("r", "closed", 64, 1, 0, 0, 0, 0, 0, 0, 1, 2, "rt", false, "x", "y");
        Measurement small = new Measurement(few,
            "seqlock", false, false, 20, new Violations(0, 0, 0), 0, 0, 0, 0, List.of());
        KernelResult result = KernelResult.of(List.of(
            new Measurement(open, "rwsem", false, false, 20, new Violations(0, 0, 0), 0, 0, 0, 0, List.of()), section,
            section, closed("mutex", "dynamic", 1, 0, 5), small));
        List<Measurement> withOne = new ArrayList<>(result.measurements());
        withOne.add(closed("mutex", "dynamic", 0, 0, 5));

        assertThat(KernelFigures.of(result).figures()).isEmpty();
        assertThat(KernelFigures.of(result).missing()).containsExactly(
            new Missing(World.KERNEL, "rwsem", "open loop: the benchmarks have no intended arrivals"),
            new Missing(World.KERNEL, "srcu", "section of 50 ns: the benchmarks have none"),
            new Missing(World.KERNEL, "mutex", "attaches without a pause: not a rate of the benchmarks"),
            new Missing(World.KERNEL, "seqlock", "table of 64 entries: that of the benchmarks has 4096"));
        assertThat(KernelFigures.of(KernelResult.of(withOne)).missing()).extracting(Missing::lock)
            .containsExactly("rwsem", "srcu", "seqlock");
    }

    /** Each lock of the module is compared with a strategy that exists, or knowingly with none. */
    @Test
    void shouldNameAStrategyForEachLockOfTheModule() throws IOException {
        List<String> locks = Pattern.compile("\tLOCK\\(\\w+, \"([a-z-]+)\"").matcher(ModuleRunTest.source("locks.c"))
            .results().map(one -> one.group(1)).toList();

        assertThat(locks).hasSize(11);
        for (String lock : locks) {
            LockFigure common = figure(closed(lock, "dynamic", 0, 0, 9));
            LockFigure realTime = figure(closed(lock, "rt", 0, 0, 9));
            assertThat(Strategies.byName(common.strategy())).as(lock).isPresent();
            assertThat(realTime.strategy()).as("under PREEMPT_RT").isIn(common.strategy(), null);
        }
        assertThat(figure(closed("spinlock", "rt", 0, 0, 9)).strategy()).as("an rt_mutex").isNull();
    }

    /** A log of runs without attaches, or with rare ones over a whole table, proves nothing, and is no blind oracle. */
    @Test
    void shouldTakeForAControlOnlyWhatHadToBeCaughtOrWas() {
        assertThat(controls(control(4096, 0, 0, 0), control(4096, 1, 10_000, 0), control(4096, 1, 0, 0),
            control(1, 1, 10_000, 0), control(1, 0, 0, 0))).isEmpty();
        assertThat(controls(control(1, 1, 0, 0))).containsExactly(new Control(World.KERNEL, "none", 0));
        assertThat(controls(control(4096, 1, 10_000, 3), control(4096, 0, 0, 0), control(1, 1, 0, 4)))
            .containsExactly(new Control(World.KERNEL, "none", 7));
    }

    @Test
    void shouldTakeNoFigureOfAKernelThatChecksItsLocks() {
        Measurement figures = closed("mutex", "dynamic", 0, 0, 9);
        Run run = figures.run();
        KernelFigures taken = KernelFigures.of(KernelResult.of(List.of(new Measurement(new Run(run.id(), run.mode(),
            run.entries(), run.readers(), 0, 0, 0, 0, 0, 100, 1000, 2, run.preempt(), true, run.arch(), run.kernel()),
            "mutex", false, false, 20, new Violations(0, 0, 0), 0, 0, 0, 0, figures.figures()))));

        assertThat(taken.figures()).isEmpty();
        assertThat(taken.missing()).containsExactly(new Missing(World.KERNEL, "mutex",
            "this kernel checks its locks or its memory: its figures mean nothing"));
    }

    private static List<Control> controls(Measurement... measurements) {
        return KernelFigures.of(KernelResult.of(List.of(measurements))).controls();
    }

    private static Measurement control(int entries, int attachThreads, int attachRate, long torn) {
        return new Measurement(new Run("r", "closed", entries, 1, attachThreads, 0, attachRate, 0, 0, 100, 1000, 2,
            "dynamic", false, "x86_64", "6.1"), "none", false, true, 20, new Violations(torn, 0, 0), 0, 0, 0, 0,
            List.of(new Figure(0, "reader", 0, "translate", 256, 5, 9, 9, 9, List.of())));
    }

    private static LockFigure figure(Measurement one) {
        return KernelFigures.of(KernelResult.of(List.of(one))).figures().get(0);
    }

    private static Measurement closed(String lock, String preempt, int attachThreads, int attachRate, double... ns) {
        return new Measurement(run("closed", preempt, attachThreads, attachRate, 0), lock, false, false, 20,
            new Violations(1, 0, 0), 0, 0, 0, 0, Arrays.stream(ns)
                .mapToObj(mean -> new Figure(0, "reader", 0, "translate", 256, 5, mean, mean, mean, List.of()))
                .toList());
    }

    private static Run run(String mode, String preempt, int attachThreads, int attachRate, int sectionNs) {
        return new Run("r", mode, 4096, 2, attachThreads, 0, attachRate, sectionNs, 0, 100, 1000, 2, preempt, false,
            "x86_64", "6.1");
    }
}
