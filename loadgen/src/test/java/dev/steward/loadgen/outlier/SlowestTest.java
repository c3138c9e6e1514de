package dev.steward.loadgen.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowestTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 256})
    void shouldKeepWhatASortWouldKeep(int capacity) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            // A small range now and then, so that many are equal.
            int range = seed % 2 == 0 ? 20 : 1_000_000;
            long[] offered = random.longs(random.nextInt(600), 0, range).toArray();
            Slowest slowest = new Slowest(capacity, 2);
            for (int i = 0; i < offered.length; i++) {
                int row = slowest.offer(offered[i]);
                if (row != Slowest.REJECTED) {
                    slowest.set(row, 0, i);
                    slowest.set(row, 1, -offered[i]);
                }
            }

            List<Long> sorted = LongStream.of(offered).boxed().sorted(Comparator.reverseOrder()).limit(capacity)
                .toList();
            assertThat(slowest.kept()).extracting(Slowest.Kept::latencyNs).isEqualTo(sorted);
            assertThat(slowest.kept()).allSatisfy(kept -> {
                assertThat(offered[(int) kept.figures()[0]]).isEqualTo(kept.latencyNs());
                assertThat(kept.figures()[1]).isEqualTo(-kept.latencyNs());
            });
            assertThat(slowest.kept().stream().map(kept -> kept.figures()[0]).distinct())
                .hasSize(slowest.kept().size());
            assertThat(slowest.offered()).isEqualTo(offered.length);
        }
    }

    @Test
    void shouldRejectWhatIsNotSlowerThanTheFastestThatItKeeps() {
        Slowest slowest = new Slowest(2, 1);
        slowest.offer(10);
        slowest.offer(20);

        assertThat(slowest.offer(10)).isEqualTo(Slowest.REJECTED);
        assertThat(slowest.offer(11)).isNotEqualTo(Slowest.REJECTED);
        assertThat(slowest.kept()).extracting(Slowest.Kept::latencyNs).containsExactly(20L, 11L);
    }
}
