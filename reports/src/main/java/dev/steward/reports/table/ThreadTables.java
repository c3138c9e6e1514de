package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.ThreadRuns;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the threads of each role ran, in which class of the scheduler, and what was counted of them. */
final class ThreadTables {
    private static final List<String> ROLES = List.of("handler", "storm", "churn", "vmm", "jvm", "other");
    private static final double EVENTS = 1_000;
    private static final String LOAD = "storm";
    private static final Layout<Role> RAN = new Layout<Role>("strategy")
        .words("role", "", Role::name)
        .words("bound to", "CPUs that a thread of it may use", role -> role.words(ThreadRuns.OfThread::bound))
        .words("seen on", "CPUs that one was seen on",
            role -> role.words(thread -> thread.seen().stream().map(String::valueOf).collect(Collectors.joining(","))))
        .words("class", "that the kernel had them in", role -> role.words(ThreadRuns.OfThread::scheduling))
        .figure("waits", "voluntary context switches", role -> role.each(ThreadRuns.OfThread::voluntarySwitches))
        .figure("taken off", "involuntary context switches",
            role -> role.each(ThreadRuns.OfThread::involuntarySwitches))
        .figure("moved", "to another CPU", role -> role.each(ThreadRuns.OfThread::migrations))
        .figure("faults", "page faults", role -> role.each(ThreadRuns.OfThread::pageFaults));
    private static final Layout<Role> COUNTED = new Layout<Role>("strategy")
        .words("role", "", Role::name)
        .figure("cycles", "of its CPU", role -> role.each(ThreadRuns.OfThread::cycles))
        .figure("instr", "instructions", role -> role.each(ThreadRuns.OfThread::instructions))
        .figure("misses", "cache misses, mostly of the last level",
            role -> role.each(ThreadRuns.OfThread::cacheMisses));

    private ThreadTables() {
    }

    /** None for cells that nobody watched. */
    static List<Table> of(Summary summary) {
        List<ThreadRuns> watched = summary.finished().stream().map(CellRecord::threadRuns).filter(Objects::nonNull)
            .toList();
        List<Table> tables = new ArrayList<>();
        if (!watched.isEmpty()) {
            int fewest = watched.stream().mapToInt(ThreadRuns::looks).min().orElse(0);
            tables.add(RAN.table("ran", "How the threads of the long cells ran",
                "Counts of kernel and process for each 1,000 events of the window, all threads of the role. Seen on: "
                    + fewest + " looks at /proc/self/task or more, so a short visit may be missed."
                    + withoutHardware(watched),
                rows(summary)));
        }
        if (watched.stream().anyMatch(runs -> !runs.hardware().equals(ThreadRuns.NONE))) {
            boolean user = watched.stream().anyMatch(runs -> runs.hardware().equals(ThreadRuns.USER));
            tables.add(COUNTED.table("counted", "What the processor counted of the threads of the long cells",
                "For each 1,000 events of the window, all threads of the role, by perf_event_open"
                    + (user ? "; without what the kernel did for them (perf_event_paranoid)." : "."),
                rows(summary)));
        }
        return tables;
    }

    private static String withoutHardware(List<ThreadRuns> watched) {
        String errors = watched.stream().map(ThreadRuns::hardwareError).filter(Objects::nonNull).distinct().sorted()
            .map(String::valueOf).collect(Collectors.joining(", "));
        return errors.isEmpty() ? "" : " No cycles, instructions and cache misses: perf_event_open is refused here "
            + "(error " + errors + "), as it is in most virtual machines.";
    }

    private static List<Layout.Group<Role>> rows(Summary summary) {
        List<Layout.Group<Role>> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            List<Layout.Row<Role>> rows = new ArrayList<>();
            for (StrategySummary strategy : path.all()) {
                List<CellRecord> cells = summary.finished().stream().filter(cell -> cell.path().equals(path.path())
                    && cell.strategy().equals(strategy.info().name()) && cell.threadRuns() != null).toList();
                for (String role : ROLES) {
                    Role one = Role.of(role, cells);
                    if (!one.threads.isEmpty()) {
                        rows.add(new Layout.Row<>(strategy.info().name(), one));
                    }
                }
            }
            if (!rows.isEmpty()) {
                groups.add(new Layout.Group<>("path " + path.path(), rows));
            }
        }
        return groups;
    }

    /** The threads of a role in all cells of a strategy on a path. */
    private record Role(String name, List<ThreadRuns.OfThread> threads, long events) {
        static Role of(String name, List<CellRecord> cells) {
            return new Role(name,
                cells.stream().flatMap(cell -> cell.threadRuns().threads().stream())
                    .filter(thread -> thread.role().equals(name)).toList(),
                cells.stream().flatMap(cell -> cell.rates().stream()).filter(rate -> rate.load().equals(LOAD))
                    .mapToLong(CellRecord.Rate::done).sum());
        }

        String words(Function<ThreadRuns.OfThread, String> what) {
            return threads.stream().map(what).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(" | "));
        }

        /** For each 1,000 events; none if the machine does not give it of every thread. */
        String each(Function<ThreadRuns.OfThread, Long> count) {
            List<Long> counts = threads.stream().map(count).toList();
            return events == 0 || counts.stream().anyMatch(Objects::isNull) ? Units.NONE
                : Units.number(counts.stream().mapToLong(Long::longValue).sum() * EVENTS / events);
        }
    }
}
