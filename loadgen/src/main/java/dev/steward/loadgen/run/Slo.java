package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.Quantities;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service level objective: latencies that must stay within bounds, all of them. Immutable.
 *
 * @param bounds at least one.
 */
public record Slo(List<Bound> bounds) {
    private static final Pattern BOUND =
        Pattern.compile("([a-z.]+)\\.(?:p(\\d{1,2}(?:\\.\\d{1,6})?)|(max))\\s*<=?\\s*(\\S+)");
    /** What a bound may be about, and the histogram tag of it. */
    private static final Map<String, String> SUBJECTS = new TreeMap<>(Map.of(
        "event", "event.enqueue",
        "event.raw", "event.enqueue.raw",
        "event.read", "event.read",
        "attach", "attach",
        "attach.raw", "attach.raw",
        "attach.commit", "attach.commit"));
    private static final String HELP = "write for example event.p99.9<=50us; allowed: "
        + String.join(", ", SUBJECTS.keySet()) + " with .p50 to .p99.9999 or .max, several separated by commas";

    /** Copies the list. */
    public Slo {
        bounds = List.copyOf(bounds);
    }

    /**
     * One bound.
     *
     * @param text     as the user wrote it, without blanks.
     * @param tag      of the histograms it is about.
     * @param quantile 0 to 1; 1 for the largest value.
     * @param limitNs  most that it may be, in nanoseconds.
     */
    public record Bound(String text, String tag, double quantile, long limitNs) {
    }

    /**
     * Parses, for example, {@code event.p99.9<=50us,attach.p99<=1ms}.
     *
     * @throws ScenarioException if it is no objective; one line, for a user.
     */
    public static Slo parse(String text) {
        List<Bound> bounds = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            bounds.add(bound(one.strip()));
        }
        return new Slo(bounds);
    }

    private static Bound bound(String text) {
        Matcher matcher = BOUND.matcher(text);
        if (!matcher.matches() || !SUBJECTS.containsKey(matcher.group(1))) {
            throw new ScenarioException("--slo: '" + Wording.shown(text) + "' is no bound; " + HELP);
        }
        double quantile = matcher.group(3) != null ? 1 : Double.parseDouble(matcher.group(2)) / 100;
        try {
            long limitNs = Quantities.durationNs(matcher.group(4));
            if (limitNs <= 0) {
                throw new ScenarioException("--slo: '" + Wording.shown(text) + "': the bound must be above 0");
            }
            return new Bound(text.replaceAll("\\s+", ""), SUBJECTS.get(matcher.group(1)), quantile, limitNs);
        } catch (IllegalArgumentException e) {
            throw new ScenarioException("--slo: '" + Wording.shown(text) + "': '"
                + Wording.shown(matcher.group(4)) + "' " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return String.join(",", bounds.stream().map(Bound::text).toList());
    }
}
