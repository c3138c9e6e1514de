package dev.steward.reports;

import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.GridData;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.Workload;
import dev.steward.results.LockFigure.World;
import dev.steward.results.RunManifest.EnvironmentEntry;
import dev.steward.results.TransferResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Transfers that nobody measured, for tests. */
public final class Transferred {
    /** No transfer was ever measured. */
    public static final Transfers NOWHERE = new Transfers(Path.of("no-such-folder"), Path.of("no-such-file"));

    /** {@return a transfer that confirms every order of some locks, if they lie in this one} */
    public static Transfer confirming(List<String> locks) {
        Transferred transferred = new Transferred();
        locks.forEach(lock -> transferred.lock(lock, transferred.figures.size() + 1, transferred.figures.size() + 1));
        return Transfer.of(transferred.result());
    }

    /** The same of the strategies of a grid. */
    public static Transfer confirming(GridData grid) {
        return confirming(grid.strategies().stream().map(GridData.StrategyData::name).toList());
    }

    private final List<LockFigure> figures = new ArrayList<>();
    private final List<TransferResult.Control> controls = new ArrayList<>();
    private String createdAt = "2026-11-29T12:00:00Z";
    private String cpu = "Some CPU";
    private String command = "./steward transfer";
    private int generations = TransferResult.FEWEST_GENERATIONS;

    /** Adds a lock to both worlds, one reader; repeats lie 1 % about the figures. */
    public Transferred lock(String strategy, double jvmNs, double cNs) {
        return lock(World.JVM, strategy, strategy, 1, jvmNs).lock(World.C, strategy, strategy, 1, cNs);
    }

    /** Adds a lock to one world. */
    public Transferred lock(World world, String lock, String strategy, int readers, double ns) {
        figures.add(new LockFigure(world, lock, strategy, Workload.TRANSLATE, readers, 0, 0, ns, null, null,
            List.of(ns * 0.99, ns * 1.01, ns, ns), 0));
        return this;
    }

    /** The same with repeats from a quarter of the figures to four times as much. */
    public Transferred noisy(String strategy, double jvmNs, double cNs) {
        lock(strategy, jvmNs, cNs);
        figures.replaceAll(one -> !one.lock().equals(strategy) ? one : new LockFigure(one.world(), strategy, strategy,
            one.workload(), one.readers(), one.writers(), one.writesPerSecond(), one.ns(), null, null,
            List.of(one.ns() / 4, one.ns() * 4, one.ns(), one.ns()), 0));
        return this;
    }

    /** Keeps the first repeats of each figure only. */
    public Transferred repeats(int number) {
        figures.replaceAll(one -> new LockFigure(one.world(), one.lock(), one.strategy(), one.workload(),
            one.readers(), one.writers(), one.writesPerSecond(), one.ns(), null, null,
            one.repeatsNs().subList(0, number), one.violations()));
        return this;
    }

    /** Adds violations of a lock. */
    public Transferred violations(String lock, long number) {
        figures.replaceAll(one -> !one.lock().equals(lock) ? one : new LockFigure(one.world(), lock, one.strategy(),
            one.workload(), one.readers(), one.writers(), one.writesPerSecond(), one.ns(), null, null,
            one.repeatsNs(), number));
        return this;
    }

    /** Says how often a floor was caught. */
    public Transferred control(World world, String lock, long violations) {
        controls.add(new TransferResult.Control(world, lock, violations));
        return this;
    }

    /** Says when. */
    public Transferred at(String time) {
        createdAt = time;
        return this;
    }

    /** Says how many generations it had. */
    public Transferred generations(int number) {
        generations = number;
        return this;
    }

    /** Says by which command. */
    public Transferred by(String words) {
        command = words;
        return this;
    }

    /** Says on which machine. */
    public Transferred on(String name) {
        cpu = name;
        return this;
    }

    /** {@return the result} */
    public TransferResult result() {
        return new TransferResult(TransferResult.FORMAT, TransferResult.VERSION, createdAt, command, "1",
            "abc", 42, List.of(new EnvironmentEntry("cpu", cpu), new EnvironmentEntry("logical cpus", "2"),
                new EnvironmentEntry("compiler", "cc 12")), 4096, generations, 300_000, 299_000, figures,
            List.of(new TransferResult.Missing(World.C, "ck-*", "libck-dev is not installed")), controls);
    }
}
