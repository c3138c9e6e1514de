package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.ThreadRuns;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Where the threads of each role ran, in which class of the scheduler, and what was counted of them. */
final class ThreadTables {
    private static final List<String> ROLES = List.of("handler", "storm", "churn", "vmm", "jvm", "other");
    private static final double EVENTS = 1_000;
    private static final String LOAD = "storm";
    private static final Layout<Role> RAN = new Layout<Role>("threads")
        .words("bound to", "CPUs that each may use", role -> role.words(ThreadRuns.OfThread::bound))
        .words("seen on", "CPUs that one of them was seen on", Role::seen)
        .words("class", "that the kernel had them in", role -> role.words(ThreadRuns.OfThread::scheduling));
    private static final Layout<Role> COUNTS = new Layout<Role>("strategy")
        .words("threads", "", Role::name)
        .figure("waits", "voluntary context switches", role -> role.each(ThreadRuns.OfThread::voluntarySwitches))
        .figure("taken off", "involuntary context switches",
            role -> role.each(ThreadRuns.OfThread::involuntarySwitches))
        .figure("moved", "migrations to another CPU", role -> role.each(ThreadRuns.OfThread::migrations))
        .figure("faults", "page faults", role -> role.each(ThreadRuns.OfThread::pageFaults));
    private static final Layout<Role> HARDWARE = new Layout<Role>("strategy")
        .words("threads", "", Role::name)
        .figure("cycles", "of their CPUs", role -> role.each(ThreadRuns.OfThread::cycles))
        .figure("instr", "instructions", role -> role.each(ThreadRuns.OfThread::instructions))
        .figure("misses", "cache misses, mostly of the last level",
            role -> role.each(ThreadRuns.OfThread::cacheMisses));

    private ThreadTables() {
    }

    /** None for cells that nobody watched. */
    static List<Table> of(Summary summary) {
        List<ThreadRuns> watched = summary.finished().stream().map(CellRecord::threadRuns).filter(Objects::nonNull)
            .toList();
        if (watched.isEmpty()) {
            return List.of();
        }
        int fewest = watched.stream().mapToInt(ThreadRuns::looks).min().getAsInt();
        List<Table> tables = new ArrayList<>(List.of(
            RAN.table("ran", "Where the threads of the long cells ran",
                "By " + fewest + " or more looks at /proc/self/task/TID/stat, so a short visit may be missed.",
                places(summary)),
            COUNTS.table("switches", "Context switches of the long cells",
                "For each 1,000 events of the window, as the kernel counts them: waits and taken off are voluntary and "
                    + "involuntary switches, moved is to another CPU." + withoutHardware(watched),
                counts(summary))));
        if (watched.stream().anyMatch(runs -> !runs.hardware().equals(ThreadRuns.NONE))) {
            boolean user = watched.stream().anyMatch(runs -> runs.hardware().equals(ThreadRuns.USER));
            tables.add(HARDWARE.table("hardware", "What the processor counted in the long cells",
                "For each 1,000 events of the window, by perf_event_open"
                    + (user ? "; without what the kernel did for the threads (perf_event_paranoid)." : "."),
                counts(summary)));
        }
        return tables;
    }

    private static String withoutHardware(List<ThreadRuns> watched) {
        String errors = watched.stream().map(ThreadRuns::hardwareError).filter(Objects::nonNull).distinct().sorted()
            .map(String::valueOf).collect(Collectors.joining(", "));
        return errors.isEmpty() ? "" : " No cycles, instructions and cache misses: perf_event_open ended with error "
            + errors + (errors.matches("(1|13)") ? ", not permitted: see kernel.perf_event_paranoid."
                : ", as in most virtual machines.");
    }

    private static List<Layout.Group<Role>> places(Summary summary) {
        return groups(summary, path -> rows(summary, path, strategy -> true, role -> role));
    }

    private static List<Layout.Group<Role>> counts(Summary summary) {
        return groups(summary, path -> path.all().stream().map(strategy -> strategy.info().name())
            .flatMap(name -> rows(summary, path, name::equals, role -> name).stream()).toList());
    }

    private static List<Layout.Group<Role>> groups(
        Summary summary, Function<PathSummary, List<Layout.Row<Role>>> rows) {
        return summary.paths().stream().map(path -> new Layout.Group<>("path " + path.path(), rows.apply(path)))
            .filter(group -> !group.rows().isEmpty()).toList();
    }

    /** A row for each role of the cells of some strategies. */
    private static List<Layout.Row<Role>> rows(
        Summary summary, PathSummary path, Predicate<String> strategy, UnaryOperator<String> nameOfRole) {
        List<CellRecord> cells = summary.finished().stream().filter(cell -> cell.path().equals(path.path())
            && strategy.test(cell.strategy()) && cell.threadRuns() != null).toList();
        return ROLES.stream().map(role -> Role.of(role, cells)).filter(role -> !role.threads.isEmpty())
            .map(role -> new Layout.Row<>(nameOfRole.apply(role.name), role)).toList();
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
            return threads.stream().map(what).distinct().sorted().collect(Collectors.joining(" | "));
        }

        String seen() {
            return threads.stream().flatMap(thread -> thread.seen().stream()).distinct().sorted().map(String::valueOf)
                .collect(Collectors.joining(","));
        }

        /** For each 1,000 events; none if the machine does not give it of every thread. */
        String each(Function<ThreadRuns.OfThread, Long> count) {
            List<Long> counts = threads.stream().map(count).toList();
            return events == 0 || counts.stream().anyMatch(Objects::isNull) ? Units.NONE
                : Units.number(counts.stream().mapToLong(Long::longValue).sum() * EVENTS / events);
        }
    }
}
