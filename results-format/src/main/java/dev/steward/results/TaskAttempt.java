package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One time that a task of a plan was started: a file of its own in the folder {@code attempts}, and a copy with each
 * result that it brought, as it stood then. Times of two machines only say which attempt is shown as the last.
 * Immutable.
 *
 * @param task      number in the plan
 * @param attempt   a name that no other attempt has
 * @param node      machine, by the name that the scheduler has for it
 * @param startedAt ISO-8601 UTC, by the clock of the node
 * @param endedAt   the same; absent while it runs, and for ever if it was killed
 * @param reason    why it did not come to its end, one line; absent otherwise
 * @param scheduler what the scheduler calls the task, by its own words
 * @param isolation what the node let the task have, and what else was at work there
 * @param noise     what was wrong with that, in words; empty if nothing was
 * @param earlierNodes where earlier attempts have measured the first generations of this result; in the file of the
 *                  attempt itself none, and absent in older ones
 */
public record TaskAttempt(
    String format, int version, @Within(POSITIVE) int task, String attempt, Status status, String node,
    String startedAt,
    @MayBeAbsent String endedAt, @MayBeAbsent String reason, Map<String, String> scheduler,
    List<RunManifest.EnvironmentEntry> isolation, List<String> noise,
    @MayBeAbsent List<String> earlierNodes) {
    /** Name of the copy in a folder of results. */
    public static final String FILE = "task.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-task";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;
    private static final String BEFORE = "before, on ";

    /** Checks the name, which becomes that of files, and copies the collections. */
    public TaskAttempt {
        if (!PlainName.is(attempt)) {
            throw new IllegalArgumentException("'" + Wording.shown(attempt) + "' is not a plain file name");
        }
        scheduler = Collections.unmodifiableMap(new LinkedHashMap<>(scheduler));
        isolation = List.copyOf(isolation);
        noise = List.copyOf(noise);
        earlierNodes = earlierNodes == null ? List.of() : List.copyOf(earlierNodes);
    }

    /** How an attempt stands. */
    public enum Status {
        /** At work, or killed. */
        @JsonProperty("running") RUNNING,
        /** Every point of the task is there. */
        @JsonProperty("done") DONE,
        /** Told to stop: what was finished is there, and another attempt brings the rest. */
        @JsonProperty("stopped") STOPPED,
        /** Something went wrong that may go right elsewhere. */
        @JsonProperty("failed") FAILED,
        /** Another attempt would go wrong in the same way. */
        @JsonProperty("gave-up") GAVE_UP
    }

    /** The same attempt later; what it is now is said anew, null where there is none. */
    public TaskAttempt now(
        Status other, String ended, String why, List<RunManifest.EnvironmentEntry> isolatedBy,
        List<String> disturbedBy) {
        return new TaskAttempt(format, version, task, attempt, other, node, startedAt, ended, why, scheduler,
            isolatedBy, disturbedBy, earlierNodes);
    }

    /** The same for a result whose first generations another attempt has measured. */
    public TaskAttempt after(TaskAttempt earlier) {
        List<String> nodes = new ArrayList<>(earlier.earlierNodes);
        nodes.add(earlier.node);
        List<String> noises = new ArrayList<>();
        earlier.noise.forEach(one -> noises.add(one.startsWith(BEFORE) ? one : BEFORE + earlier.node + ": " + one));
        noises.addAll(noise);
        return new TaskAttempt(format, version, task, attempt, status, node, startedAt, endedAt, reason, scheduler,
            isolation, noises, nodes);
    }

    /**
     * Reads one.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static TaskAttempt read(Path file) throws IOException {
        return JsonFile.read(file, FORMAT, VERSION, TaskAttempt.class);
    }
}
