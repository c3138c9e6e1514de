package dev.steward.results;

import static dev.steward.results.Within.Range.SHARE;

import static dev.steward.results.Wording.format;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a cell does not count, as data: decisions ask for the kind; the sentence is made where it is printed.
 * Immutable.
 */
public record Reason(
    Kind kind, @MayBeAbsent String name, @MayBeAbsent Long count, @MayBeAbsent Long of,
    @MayBeAbsent @Within(SHARE) Double share, @MayBeAbsent @Within(SHARE) Double limit, @MayBeAbsent Long firstAtMs,
    @MayBeAbsent String text) {
    /** What was wrong. */
    public enum Kind {
        /** A load had no arrival in the measured window. */
        @JsonProperty("nothing-due") NOTHING_DUE,
        /** A load did not keep its schedule. */
        @JsonProperty("schedule") SCHEDULE,
        /** The load threads did not run at the same time. */
        @JsonProperty("overlap") OVERLAP,
        /** A queue was full too often. */
        @JsonProperty("loss") LOSS,
        /** Too many stalls waited in their devices. */
        @JsonProperty("refusal") REFUSAL,
        /** An oracle saw violations. */
        @JsonProperty("oracle") ORACLE,
        /** Its threads were disturbed on purpose. */
        @JsonProperty("disturbed") DISTURBED,
        /** Something else, in words. */
        @JsonProperty("other") OTHER
    }

    /** How version 1 of a cell's file began its sentences; a group is the name. */
    private static final Map<Kind, Pattern> VERSION_1 = new LinkedHashMap<>();

    static {
        VERSION_1.put(Kind.ORACLE, Pattern.compile("oracle ([^:]+): .*"));
        VERSION_1.put(Kind.NOTHING_DUE, Pattern.compile("([a-z]+): nothing was due .*"));
        VERSION_1.put(Kind.SCHEDULE, Pattern.compile("([a-z]+): \\d+ of \\d+ arrivals .*"));
        VERSION_1.put(Kind.LOSS, Pattern.compile("saturated: .* lost(?: at the ([^(]+?))?(?: \\(.*|)"));
        VERSION_1.put(Kind.REFUSAL, Pattern.compile("()\\d+ of \\d+ events never came: .*"));
        VERSION_1.put(Kind.OVERLAP, Pattern.compile("()the load threads ran together for .*"));
    }

    /** Refuses a reason without what its sentence says. */
    @JsonCreator
    public Reason {
        boolean whole = text != null || kind != null && switch (kind) {
            case NOTHING_DUE -> name != null;
            case SCHEDULE, LOSS -> name != null && count != null && of != null && of > 0 && limit != null;
            case REFUSAL -> count != null && of != null && of > 0 && limit != null;
            case OVERLAP -> share != null && limit != null;
            case ORACLE -> name != null && count != null && of != null && firstAtMs != null;
            case DISTURBED -> name != null && count != null;
            case OTHER -> false;
        };
        if (!whole) {
            throw new IllegalArgumentException(
                "a reason of kind " + kind + " lacks one of its fields, or is a share of nothing");
        }
    }

    /**
     * A sentence, as version 1 of a cell's file has them.
     *
     * @return the same with its kind and name, if it is one that the rig wrote
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Reason ofSentence(String sentence) {
        for (Map.Entry<Kind, Pattern> known : VERSION_1.entrySet()) {
            Matcher matcher = known.getValue().matcher(sentence);
            if (matcher.matches()) {
                String name = matcher.group(1) == null || matcher.group(1).isEmpty() ? null : matcher.group(1);
                return new Reason(known.getKey(), name, null, null, null, null, null, sentence);
            }
        }
        return new Reason(Kind.OTHER, null, null, null, null, null, null, sentence);
    }

    /** A load without an arrival. */
    public static Reason nothingDue(String load) {
        return new Reason(Kind.NOTHING_DUE, load, null, null, null, null, null, null);
    }

    /**
     * A load that did not keep its schedule.
     *
     * @param done      arrivals started in the window
     * @param scheduled arrivals due in it, above 0
     * @param limit     share that it may be off
     */
    public static Reason schedule(String load, long done, long scheduled, double limit) {
        return new Reason(Kind.SCHEDULE, load, done, scheduled, null, limit, null, null);
    }

    /**
     * Load threads that did not run at the same time.
     *
     * @param share of the window in which all ran
     */
    public static Reason overlap(double share, double limit) {
        return new Reason(Kind.OVERLAP, null, null, null, share, limit, null, null);
    }

    /**
     * A queue that was full too often.
     *
     * @param limit     share that may be lost
     */
    public static Reason loss(String queue, long lost, long generated, double limit) {
        return new Reason(Kind.LOSS, queue, lost, generated, null, limit, null, null);
    }

    /**
     * Stalls that waited in their devices.
     *
     * @param of      events that were wanted, above 0
     * @param limit   share that may be refused
     */
    public static Reason refusal(long refused, long of, double limit) {
        return new Reason(Kind.REFUSAL, null, refused, of, null, limit, null, null);
    }

    /**
     * Threads that were disturbed on purpose.
     *
     * @param what  was done to them
     * @param times that it was done
     */
    public static Reason disturbed(String what, long times) {
        return new Reason(Kind.DISTURBED, what, times, null, null, null, null, null);
    }

    /** An oracle that saw violations. */
    public static Reason oracle(CellRecord.Oracle oracle) {
        return new Reason(
            Kind.ORACLE, oracle.name(), oracle.violations(), oracle.checks(), null, null, oracle.firstAtMs(), null);
    }

    /**
     * Whether this is why the rate of a load is not what was asked for.
     *
     * @return true if it is about the schedule of that load
     */
    public boolean isAboutScheduleOf(String load) {
        return (kind == Kind.SCHEDULE || kind == Kind.NOTHING_DUE) && load.equals(name);
    }

    /**
     * The reason in words.
     *
     * @return a sentence with figures, without a full stop
     */
    @JsonIgnore
    public String sentence() {
        if (text != null) {
            return text;
        }
        return switch (kind) {
            case NOTHING_DUE -> name + ": nothing was due in the measured window";
            case SCHEDULE -> format("%s: %d of %d arrivals of the window started in it (%+.1f %%, limit %.0f %%)",
                name, count, of, 100.0 * (count - of) / of, 100 * limit);
            case OVERLAP -> format("the load threads ran together for %.0f %% of the window only (limit %.0f %%)%s",
                100 * share, 100 * limit,
                // Each stays active until the end of the window, so nothing else comes to none at all.
                share == 0 ? ": threads started after the window had ended, the machine was too busy" : "");
            case LOSS -> format("saturated: %d of %d events were lost at the %s (%.1f %%, limit %.0f %%)",
                count, of, name, 100.0 * count / of, 100 * limit);
            case REFUSAL -> format("%d of %d events never came: eventq.maxStalls transactions were stalled already"
                + " (%.1f %%, limit %.0f %%)", count, of, 100.0 * count / of, 100 * limit);
            case ORACLE -> format("oracle %s: %d of %d checks, first after %d ms", name, count, of, firstAtMs);
            case DISTURBED -> format("disturbed on purpose: %s, %d times", name, count);
            case OTHER -> text;
        };
    }
}
