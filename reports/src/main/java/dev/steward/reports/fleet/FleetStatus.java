package dev.steward.reports.fleet;

import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.TaskAttempt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the tasks of a plan stand, from what is in its folder and what the scheduler has in its queue. Immutable.
 *
 * @param tasks in the order of the plan
 */
public record FleetStatus(List<Row> tasks) {
    /** Copies the list. */
    public FleetStatus {
        tasks = List.copyOf(tasks);
    }

    /** How a task stands. */
    public enum State {
        /** Every point is there. */
        DONE("done"),
        /** A scheduler has it at work. */
        RUNNING("running"),
        /** A scheduler has it in its queue. */
        WAITING("waiting"),
        /** It has begun, and no scheduler can be asked whether it still runs. */
        BEGUN("begun"),
        /** It has begun and not ended, and the scheduler has it no longer. */
        KILLED("killed"),
        /** Told to stop. */
        STOPPED("stopped"),
        /** May go right elsewhere. */
        FAILED("failed"),
        /** Will go wrong again unless something is changed. */
        GAVE_UP("gave up"),
        /** Nothing has begun. */
        MISSING("missing");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** {@return how it is printed} */
        public String word() {
            return word;
        }
    }

    /**
     * One task.
     *
     * @param there    points of it that are there as a whole
     * @param attempts how many times it was started
     * @param node     of the last attempt, empty without one
     * @param why      what is to be known of it, empty if nothing is
     */
    public record Row(FleetPlan.Task task, State state, int there, int attempts, String node, String why) {
    }

    /** {@return numbers of tasks that nobody brings unless they are started again} */
    public Set<Integer> missing() {
        Set<Integer> missing = new TreeSet<>();
        tasks.stream().filter(row -> !Set.of(State.DONE, State.RUNNING, State.WAITING).contains(row.state()))
            .forEach(row -> missing.add(row.task().number()));
        return missing;
    }

    /** {@return points that are there, over all tasks} */
    public int there() {
        return tasks.stream().mapToInt(Row::there).sum();
    }

    /**
     * Looks at a plan.
     *
     * @param queued tasks that a scheduler has, in its words; empty if none can be asked
     * @throws IOException if the folder cannot be read
     */
    public static FleetStatus of(FleetFolder fleet, Optional<Map<Integer, String>> queued) throws IOException {
        Map<Integer, List<TaskAttempt>> attempts = new HashMap<>();
        fleet.attempts().forEach(one -> attempts.computeIfAbsent(one.task(), any -> new ArrayList<>()).add(one));
        List<Row> rows = new ArrayList<>();
        for (FleetPlan.Task task : fleet.plan().tasks()) {
            rows.add(row(fleet, task, attempts.getOrDefault(task.number(), List.of()), queued));
        }
        return new FleetStatus(rows);
    }

    private static Row row(
        FleetFolder fleet, FleetPlan.Task task, List<TaskAttempt> attempts, Optional<Map<Integer, String>> queued) {
        int there = 0;
        String damaged = "";
        for (String point : task.points()) {
            String problem = fleet.problem(point, task.number());
            if (problem == null) {
                there++;
            } else if (!problem.equals(FleetFolder.ABSENT)) {
                damaged = problem;
            }
        }
        TaskAttempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        String node = last == null ? "" : last.node();
        String inQueue = queued.map(all -> all.get(task.number())).orElse(null);
        if (there == task.points().size()) {
            return new Row(task, State.DONE, there, attempts.size(), node, last == null ? "" : noise(last));
        }
        if (inQueue != null) {
            boolean waits = inQueue.startsWith("pending");
            return new Row(task, waits ? State.WAITING : State.RUNNING, there, attempts.size(), node,
                waits || inQueue.startsWith("running") ? "" : inQueue);
        }
        State state = last == null ? State.MISSING : switch (last.status()) {
            case RUNNING -> queued.isEmpty() ? State.BEGUN : State.KILLED;
            // It had brought everything, and something is gone or late.
            case DONE -> State.FAILED;
            case STOPPED -> State.STOPPED;
            case FAILED -> State.FAILED;
            case GAVE_UP -> State.GAVE_UP;
        };
        String why = !damaged.isEmpty() ? damaged : last == null ? "" : last.reason() != null ? last.reason()
            : state == State.KILLED ? "ended without a word: killed, or its node is gone"
            : state == State.BEGUN ? "at work or killed: no scheduler can be asked here"
            : "what it brought is not to be seen here";
        return new Row(task, state, there, attempts.size(), node, why);
    }

    private static String noise(TaskAttempt last) {
        return last.noise().isEmpty() ? "" : "NOISY: " + String.join(", ", last.noise());
    }
}
