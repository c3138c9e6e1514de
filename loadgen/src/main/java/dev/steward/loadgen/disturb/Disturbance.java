package dev.steward.loadgen.disturb;

import dev.steward.machine.Cpus;
import dev.steward.machine.Scheduling;
import dev.steward.results.Wording;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ways to disturb threads, in the manner of the kernel's torture tests (kernel/torture.c: shuffle, onoff, stutter;
 * kernel/locking/locktorture.c: rt_boost).
 */
public enum Disturbance {
    /** A thread is moved to another CPU. */
    SHUFFLE,
    /** Threads lose some of the CPUs for a while: like onoff, but for the threads of this process only. */
    TAKE_CPUS,
    /** Threads stop between two operations, and go on together. */
    STUTTER,
    /** A thread gets a real-time class for a while, above an event handler's. */
    BOOST,
    /** A thread sleeps between two operations, now and then, as if a timer came late. */
    JITTER;

    /** What a boosted thread gets. */
    static final Scheduling BOOSTED = Scheduling.of("fifo:60");
    /** For the disturber: a boosted thread that spins would keep a lower one off its CPU for good. */
    static final Scheduling BOOSTING = Scheduling.of("fifo:70");

    private static final String NONE = "none";
    private static final int FEWEST_CPUS = 2;

    /** As a scenario and the command line write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What may be asked for; {@code more} are further words that the caller accepts. */
    public static String allowed(String... more) {
        return Stream.concat(Stream.of(NONE), Stream.of(more)).collect(Collectors.joining(", "))
            + " or a comma-separated list of "
            + Arrays.stream(values()).map(Disturbance::word).collect(Collectors.joining(", "));
    }

    /**
     * Reads what {@link #words} writes, in any order.
     *
     * @param more further words that the caller accepts: for the refusal only
     * @throws IllegalArgumentException with the end of a sentence that begins with the text.
     */
    public static Set<Disturbance> parse(String text, String... more) {
        Set<Disturbance> found = EnumSet.noneOf(Disturbance.class);
        for (String word : text.equals(NONE) ? new String[0] : text.split(",", -1)) {
            found.add(Arrays.stream(values()).filter(one -> one.word().equals(word.trim())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not " + allowed(more))));
        }
        return found;
    }

    /**
     * As {@link #parse}, for an option: the message names it.
     *
     * @throws IllegalArgumentException with a line that names what was given.
     */
    public static Set<Disturbance> named(String text, String... more) {
        try {
            return parse(text, more);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("disturb: '" + Wording.shown(text) + "' " + e.getMessage(), e);
        }
    }

    /** Several in one word: separated by commas, {@code none} for none. */
    public static String words(Set<Disturbance> disturbances) {
        return disturbances.isEmpty() ? NONE
            : disturbances.stream().sorted().map(Disturbance::word).collect(Collectors.joining(","));
    }

    /**
     * Refuses what this process cannot do.
     *
     * @throws IllegalArgumentException with the first of them and why, in a line.
     */
    public static void require(Set<Disturbance> disturbances) {
        disturbances.stream().sorted().forEach(one -> one.refusal().ifPresent(why -> {
            throw new IllegalArgumentException("disturb: " + one.word() + " cannot be done: " + why);
        }));
    }

    /** Why this process cannot do it, in a few words; empty if it can. */
    public Optional<String> refusal() {
        return refusal(Cpus.allowedSet().cardinality(), BOOSTING.refusal());
    }

    Optional<String> refusal(int cpus, Optional<String> boosting) {
        return switch (this) {
            case SHUFFLE, TAKE_CPUS -> cpus >= FEWEST_CPUS ? Optional.empty() : Optional.of(cpus == 0
                ? "this system does not say which CPUs there are" : "this process may use one CPU only");
            case BOOST -> boosting.map(why -> BOOSTING + " is refused here, " + why);
            default -> Optional.empty();
        };
    }
}
