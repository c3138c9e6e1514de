package dev.steward.results;

import java.util.List;
import java.util.Map;

/**
 * What loads a grid can be asked for beside the ends of its axes: a handler has to keep up, and bursts have to come as
 * often as they did at some point.
 *
 * @param busiest       share of its time that a handler is inside sections, at the busiest point
 * @param eventBursts   bursts of events per second at the point with the fewest; an event alone is a burst of one
 * @param attachBursts  the same of attaches
 */
public record GridLimits(double busiest, double eventBursts, double attachBursts) {
    /** Rate of the events. */
    public static final String EVENTS = "storm.rate";
    /** Rate of the attaches. */
    public static final String ATTACHES = "churn.rate";
    /** Setting that is a part of every event. */
    public static final String SECTION = "section";
    /** Settings that say how many come at the same instant. */
    public static final List<String> AT_ONCE = List.of("storm.atOnce", "churn.atOnce");

    private static final String EVENTS_AT_ONCE = AT_ONCE.get(0);
    private static final String ATTACHES_AT_ONCE = AT_ONCE.get(1);
    private static final double NS_PER_SECOND = 1e9;
    /** Numbers that went through a logarithm. */
    private static final double ROUNDING = 1e-9;

    /** {@return a setting in the words of its option, as far as it has one} */
    public static String word(String key) {
        return switch (key) {
            case EVENTS -> "events";
            case ATTACHES -> "attaches";
            case "storm.atOnce" -> "events at once";
            case "churn.atOnce" -> "attaches at once";
            default -> key;
        };
    }

    /** Those of a grid with points at these values of its axes, one or more. */
    public static GridLimits of(List<Map<String, Double>> points) {
        return new GridLimits(
            points.stream().mapToDouble(GridLimits::busy).max().orElseThrow(),
            points.stream().mapToDouble(at -> bursts(at, EVENTS, EVENTS_AT_ONCE)).min().orElseThrow(),
            points.stream().mapToDouble(at -> bursts(at, ATTACHES, ATTACHES_AT_ONCE)).min().orElseThrow());
    }

    private static double busy(Map<String, Double> at) {
        return at.getOrDefault(EVENTS, 0.0) * at.getOrDefault(SECTION, 0.0) / NS_PER_SECOND;
    }

    private static double bursts(Map<String, Double> at, String rate, String atOnce) {
        return at.getOrDefault(rate, 0.0) / at.getOrDefault(atOnce, 1.0);
    }

    /** {@return that sections would take more of a handler's time than at any point; null if not} */
    public String overload(Map<String, Double> at) {
        double busy = busy(at);
        return busy <= busiest * (1 + ROUNDING) ? null : Wording.format(busy >= 1
            ? "a handler cannot keep up: the sections alone would take %.1f s of each second"
            : "the sections take %.2f s of each second, and no point knows more than %.2f", busy, busiest);
    }

    /** {@return which of them a load breaks: a sentence without a full stop; null if it keeps all} */
    public String brokenBy(Map<String, Double> at) {
        String overload = overload(at);
        if (overload != null) {
            return overload;
        }
        String events = rare(at, EVENTS, EVENTS_AT_ONCE, "events", eventBursts);
        return events == null ? rare(at, ATTACHES, ATTACHES_AT_ONCE, "attaches", attachBursts) : events;
    }

    /** What comes alone may be as rare as the axis goes. */
    private static String rare(Map<String, Double> at, String rate, String atOnce, String what, double fewest) {
        double bursts = bursts(at, rate, atOnce);
        return at.getOrDefault(atOnce, 1.0) == 1 || bursts >= fewest * (1 - ROUNDING) ? null : Wording.format(
            "bursts of %s come at %s/s, and no point knows fewer than %s/s", what, Units.number(bursts),
            Units.number(fewest));
    }
}
