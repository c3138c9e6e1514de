package dev.steward.loadgen.turn;

import dev.steward.loadgen.workload.Randomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * In which order contestants take their turns: rows of a Williams design (a Latin square, or two for an odd number, in
 * which each follows each other equally often) with names and rows drawn anew, so that neither place nor neighbour
 * favours anybody.
 */
final class TurnOrder {
    private TurnOrder() {
    }

    /** One order for each round, each with every number below {@code contestants} once. */
    static List<List<Integer>> of(int contestants, int rounds, Randomness random) {
        if (contestants == 0) {
            return Collections.nCopies(rounds, List.of());
        }
        List<Integer> names = new ArrayList<>();
        for (int i = 0; i < contestants; i++) {
            names.add(i);
        }
        random.shuffle(names);
        List<List<Integer>> orders = new ArrayList<>();
        while (orders.size() < rounds) {
            List<List<Integer>> square = square(contestants);
            random.shuffle(square);
            square.forEach(row -> orders.add(row.stream().map(names::get).toList()));
        }
        return List.copyOf(orders.subList(0, rounds));
    }

    /** The zigzag 0, n-1, 1, n-2, ... and its shifts; for an odd number also each of them backwards. */
    private static List<List<Integer>> square(int n) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int shift = 0; shift < n; shift++) {
            List<Integer> row = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int zigzag = i % 2 == 0 ? i / 2 : n - 1 - i / 2;
                row.add((zigzag + shift) % n);
            }
            rows.add(row);
            if (n % 2 == 1 && n > 1) {
                List<Integer> backwards = new ArrayList<>(row);
                Collections.reverse(backwards);
                rows.add(backwards);
            }
        }
        return rows;
    }
}
