package dev.steward.loadgen.sweep;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.Wording;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One machine's part of a grid: every n-th point.
 *
 * @param number from 1 to {@code of}.
 * @param of     parts, 1 or more.
 */
public record Shard(int number, int of) {
    /** Everything. */
    public static final Shard ALL = new Shard(1, 1);

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

    /**
     * Reads {@code i/n}.
     *
     * @throws ScenarioException with one line.
     */
    public static Shard parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        int of = number == 0 ? 0 : Integer.parseInt(matcher.group(2));
        if (number < 1 || number > of) {
            throw new ScenarioException("--shard: '" + Wording.shown(text)
                + "' is not i/n with i from 1 to n; write 2/4 for the second of four parts");
        }
        return new Shard(number, of);
    }

    boolean has(int index) {
        return index % of == number - 1;
    }
}
