package dev.steward.loadgen.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final int RANGE = 60;

    @Test
    void shouldAgreeWithSetsOfNanoseconds() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            List<long[]> first = draw(random);
            List<long[]> second = draw(random);
            BitSet both = bits(first);
            both.and(bits(second));
            BitSet left = bits(first);
            left.andNot(bits(second));

            assertThat(Spans.of(first).lengthNs()).isEqualTo(bits(first).cardinality());
            assertThat(Spans.of(first).overlapNs(Spans.of(second))).isEqualTo(both.cardinality());
            Spans difference = Spans.of(first).minus(Spans.of(second));
            assertThat(difference.lengthNs()).isEqualTo(left.cardinality());
            assertThat(difference.overlapNs(Spans.of(second))).isZero();
        }
    }

    @Test
    void shouldCountTheSpansOfWhichAPartIsInside() {
        Spans spans = Spans.of(List.of(
            new long[] {0, 10}, new long[] {20, 30}, new long[] {40, 50}, new long[] {60, 70}));

        assertThat(spans.touching(Spans.of(10, 41))).isEqualTo(2);
        assertThat(spans.touching(Spans.NONE)).isZero();
    }

    @Test
    void shouldBeEmptyWithoutLength() {
        assertThat(Spans.of(5, 5).lengthNs()).isZero();
        assertThat(Spans.of(5, 4).lengthNs()).isZero();
        assertThat(Spans.of(Long.MIN_VALUE, 4).overlapNs(Spans.of(0, 10))).isEqualTo(4);
    }

    @Test
    void shouldKeepOnlyLongSpansAndRaiseTheBarWhenTheyAreTooMany() {
        SpanLog log = new SpanLog(4, 10);
        log.add(0, 9);
        assertThat(log.spans()).isEmpty();
        for (int i = 0; i < 4; i++) {
            log.add(100 * i, 100 * i + 15 + 10 * i);
        }
        assertThat(log.barNs()).isEqualTo(10);
        log.add(1_000, 1_100);

        // 15 had to go; 25, 35 and 45 stay.
        assertThat(log.barNs()).isEqualTo(20);
        assertThat(log.spans()).extracting(span -> span[1] - span[0]).containsExactly(25L, 35L, 45L, 100L);
        log.add(2_000, 2_015);
        assertThat(log.spans()).hasSize(4);
        log.add(3_000, 3_021);
        assertThat(log.barNs()).isEqualTo(40);
        assertThat(log.spans()).extracting(span -> span[1] - span[0]).containsExactly(45L, 100L);
    }

    private static List<long[]> draw(Random random) {
        List<long[]> spans = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            long begin = random.nextInt(RANGE);
            spans.add(new long[] {begin, begin + random.nextInt(15)});
        }
        return spans;
    }

    private static BitSet bits(List<long[]> spans) {
        BitSet bits = new BitSet();
        spans.forEach(span -> bits.set((int) span[0], (int) span[1]));
        return bits;
    }
}
