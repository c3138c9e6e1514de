package dev.steward.loadgen.transfer;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one turn gave.
 *
 * @param ns         of one operation of one reader.
 * @param violations snapshots that failed their check.
 */
record Turn(double ns, long violations) {
    /**
     * Reads an answer of either world.
     *
     * @throws IOException with one line, if it is none.
     */
    static Turn parse(String answer) throws IOException {
        Map<String, String> values = Arrays.stream(answer.trim().split(" ")).map(word -> word.split("=", 2))
            .filter(pair -> pair.length == 2).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b));
        try {
            return new Turn(Double.parseDouble(values.getOrDefault("ns", "")),
                Long.parseLong(values.getOrDefault("violations", "")));
        } catch (NumberFormatException e) {
            throw new IOException("answered '" + answer + "', which is no figure", e);
        }
    }
}
