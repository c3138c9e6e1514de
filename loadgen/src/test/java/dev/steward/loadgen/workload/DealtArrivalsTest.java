package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DealtArrivalsTest {
    private static final int INSTANTS = 600;

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "4, 4", "5, 2", "2, 5", "1, 3", "64, 7", "65536, 3", "3, 64"})
    void shouldDealOutEveryArrivalOnceAndAsEvenlyAsPossible(int atOnce, int parts) {
        Map<Long, int[]> perInstant = new TreeMap<>();
        ArrivalProcess instants = ArrivalProcess.poisson(1_000, 42);
        long endNs = 0;
        for (int i = 0; i < INSTANTS; i++) {
            endNs = instants.nextNs();
            perInstant.put(endNs, new int[parts]);
        }
        int[] perPart = new int[parts];
        for (int part = 0; part < parts; part++) {
            ArrivalProcess dealt = new DealtArrivals(ArrivalProcess.poisson(1_000, 42), atOnce, part, parts);
            for (long atNs = dealt.nextNs(); atNs <= endNs; atNs = dealt.nextNs()) {
                perInstant.get(atNs)[part]++;
                perPart[part]++;
            }
        }

        assertThat(perInstant).hasSize(INSTANTS).allSatisfy((atNs, counts) -> {
            assertThat(Arrays.stream(counts).sum()).isEqualTo(atOnce);
            assertEven(counts);
        });
        assertEven(perPart);
    }

    /** What dealing out is for: two independent halves of a bursty process are less bursty together. */
    @Test
    void shouldKeepTheLawOfTheWholeWhichIndependentPartsDoNot() {
        double whole = dispersion(new MarkovArrivals(20_000, 9e6, 1e6, 50, 1));
        double[] dealt = sum(
            new DealtArrivals(new MarkovArrivals(20_000, 9e6, 1e6, 50, 1), 1, 0, 2),
            new DealtArrivals(new MarkovArrivals(20_000, 9e6, 1e6, 50, 1), 1, 1, 2));
        double[] independent = sum(
            new MarkovArrivals(10_000, 9e6, 1e6, 50, 1), new MarkovArrivals(10_000, 9e6, 1e6, 50, 2));

        assertThat(Counts.dispersion(dealt)).isEqualTo(whole);
        assertThat(Counts.dispersion(independent)).isLessThan(0.6 * whole);
    }

    @Test
    void shouldEndWhenTheInstantsEnd() {
        Iterator<Long> instants = List.of(0L, 1L).iterator();
        ArrivalProcess dealt = new DealtArrivals(
            () -> instants.hasNext() ? instants.next() : ArrivalProcess.MAX_NS, 2, 2, 3);

        assertThat(new long[] {dealt.nextNs(), dealt.nextNs(), dealt.nextNs()})
            .containsExactly(1, ArrivalProcess.MAX_NS, ArrivalProcess.MAX_NS);
    }

    private static void assertEven(int[] counts) {
        int least = Arrays.stream(counts).min().orElseThrow();
        int most = Arrays.stream(counts).max().orElseThrow();
        assertThat(most - least).as(Arrays.toString(counts)).isLessThanOrEqualTo(1);
    }

    private static double dispersion(ArrivalProcess arrivals) {
        return Counts.dispersion(Counts.perWindow(arrivals, 1_000_000, 20_000));
    }

    private static double[] sum(ArrivalProcess one, ArrivalProcess other) {
        double[] sum = Counts.perWindow(one, 1_000_000, 20_000);
        double[] more = Counts.perWindow(other, 1_000_000, 20_000);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
        return sum;
    }
}
