package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.workload.Randomness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnOrderTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 10, 13})
    void shouldBalancePlacesAndNeighboursInAWholeSquare(int contestants) {
        int rounds = contestants % 2 == 0 ? contestants : 2 * contestants;
        List<List<Integer>> orders = TurnOrder.of(contestants, rounds, new Randomness(7));
        int[][] places = new int[contestants][contestants];
        Map<List<Integer>, Integer> neighbours = new HashMap<>();
        for (List<Integer> order : orders) {
            assertThat(new HashSet<>(order)).hasSize(contestants).hasSameSizeAs(order);
            for (int place = 0; place < contestants; place++) {
                places[order.get(place)][place]++;
                if (place > 0) {
                    neighbours.merge(List.of(order.get(place - 1), order.get(place)), 1, Integer::sum);
                }
            }
        }

        for (int[] place : places) {
            assertThat(place).containsOnly(rounds / contestants);
        }
        assertThat(neighbours).hasSize(contestants * (contestants - 1));
        assertThat(neighbours.values()).containsOnly(rounds / contestants);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void shouldDrawEachTimeAnewAndTheSameOfTheSameSeed(int contestants) {
        List<List<List<Integer>>> drawn = new ArrayList<>();
        for (long seed = 1; seed <= 20; seed++) {
            List<List<Integer>> orders = TurnOrder.of(contestants, 6, new Randomness(seed));
            assertThat(orders).hasSize(6).isEqualTo(TurnOrder.of(contestants, 6, new Randomness(seed)));
            drawn.add(orders);
        }

        assertThat(new HashSet<>(drawn).size()).isGreaterThan(contestants == 1 ? 0 : 1);
    }
}
