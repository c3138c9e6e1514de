package dev.steward.loadgen.scenario;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known word that somebody most likely meant: with the fewest letters to change, at most a third of them. */
public final class Nearest {
    /** Longer than any word that is known. */
    private static final int LONGEST = 60;

    private Nearest() {
    }

    /** Finds the nearest, empty if none is near. */
    public static Optional<String> of(String word, Stream<String> known) {
        String nearest = null;
        int best = Math.max(1, word.length() / 3) + 1;
        for (String candidate : word.length() > LONGEST ? new String[0] : known.toArray(String[]::new)) {
            int distance = LevenshteinDistance.getDefaultInstance().apply(word, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The question in a message. */
    public static String question(String word, Stream<String> known) {
        return of(word, known).map(nearest -> "did you mean '" + nearest + "'? ").orElse("");
    }
}
