package dev.steward.reports.debate;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The verdict on each question. Rules, the same for all: {@link Compared} says what is told apart; what is not is said
 * to be not told apart; what has no valid cells is said to be open.
 */
final class Verdicts {
    private static final Map<String, Function<Topic, Verdict>> OF_TOPIC = Map.of(
        "1-designs", topic -> EventVerdicts.visible(topic, Verdict.INLINE),
        "1-ring", topic -> EventVerdicts.visible(topic, Verdict.RING),
        "2-load", AttachVerdicts::load, "3-scan", ScanVerdict::of, "4-scope", AttachVerdicts::scope,
        "5-smmus", EventVerdicts::smmus, "6-rcu", AttachVerdicts::rcu, "7-enough", AttachVerdicts::enough,
        "8-hazards", HazardVerdict::of);
    private static final Map<String, String> LABELS = Map.of(
        "1-designs", "Is the lock visible, on the handler's own schedule",
        "1-ring", "Is the lock visible, behind queue and wake-up",
        "2-load", "An attach under a storm", "3-scan", "A scan at each event", "4-scope", "A lock per master",
        "5-smmus", "One lock for several SMMUs", "6-rcu", "RCU", "7-enough", "One mutex is enough",
        "8-hazards", "vDEVICE ops beside the attach");

    private Verdicts() {
    }

    static Verdict of(Topic topic) {
        return topic.points().isEmpty() ? new Verdict("Open: not measured.", List.of())
            : OF_TOPIC.getOrDefault(topic.name(), one -> new Verdict("See the table.", List.of())).apply(topic);
    }

    /** The question in a few words. */
    static String label(Topic topic) {
        return LABELS.getOrDefault(topic.name(), topic.question());
    }
}
