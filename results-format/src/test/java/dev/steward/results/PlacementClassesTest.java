package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementClassesTest {
    private static CellRecord.Placement probe(String cpus, double lowNs, double medianNs, double highNs) {
        return new CellRecord.Placement("before", medianNs, lowNs, highNs, cpus, null);
    }

    private static List<String> classes(CellRecord.Placement... probes) {
        return PlacementClasses.classified(Arrays.stream(probes).map(List::of).toList()).stream()
            .map(cell -> cell.get(0).placementClass()).toList();
    }

    /** A machine whose near CPUs are as far apart as the far ones of another. */
    @ParameterizedTest
    @ValueSource(doubles = {20, 85, 450, 2_000})
    void shouldTellNearFromFarWhateverTheMachine(double nearNs) {
        Random random = new Random(20);
        CellRecord.Placement[] probes = new CellRecord.Placement[40];
        for (int i = 0; i < probes.length; i++) {
            double ns = nearNs * (i % 2 == 0 ? 1 : 4) * (1 + 0.1 * random.nextDouble());
            probes[i] = probe("1-0", ns * 0.95, ns, ns * 1.1);
        }
        List<String> classes = classes(probes);
        for (int i = 0; i < probes.length; i++) {
            assertThat(classes.get(i)).isEqualTo(i % 2 == 0 ? "near" : "far");
        }
    }

    @Test
    void shouldNotInventTwoKindsOfOne() {
        assertThat(classes(probe("1-0", 380, 390, 410), probe("1-0", 370, 388, 500)))
            .containsExactly("256..512ns", "256..512ns");
        assertThat(classes(probe("1-0", 80, 85, 90))).containsExactly("64..128ns");
    }

    @Test
    void shouldNotPartProbesOfOneKindAtAPowerOfTwo() {
        assertThat(classes(probe("1-0", 120, 126, 130), probe("1-0", 125, 130, 140), probe("1-0", 124, 129, 135)))
            .containsOnly("128..256ns");
    }

    @Test
    void shouldTakeNoDisturbedProbeForTwoKinds() {
        assertThat(classes(probe("1-0", 80, 85, 90), probe("1-0", 80, 90, 160), probe("1-0", 82, 86, 91)))
            .containsOnly("64..128ns");
    }

    @Test
    void shouldCallAProbeMixedThatSawBoth() {
        assertThat(classes(probe("1-0", 80, 85, 90), probe("1-0", 84, 100, 450), probe("1-0", 430, 440, 460)))
            .containsExactly("near", "mixed", "far");
    }

    /** Neighbours of a cache and CPUs of two packages are always as far apart as that. */
    @Test
    void shouldCompareAPairOfCpusWithItselfOnly() {
        assertThat(classes(probe("3-2", 80, 85, 90), probe("3-0", 430, 440, 450), probe("3-0", 440, 445, 460)))
            .containsExactly("64..128ns", "256..512ns", "256..512ns");
    }

    @Test
    void shouldKeepTheClassOfAFileWithoutARange() {
        CellRecord.Placement old = new CellRecord.Placement("before", 450, null, null, null, "far");
        assertThat(classes(old, probe("1-0", 80, 85, 90))).containsExactly("far", "64..128ns");
        assertThat(classes(new CellRecord.Placement("before", 0, null, null, null, null))).containsExactly("unknown");
    }

    @Test
    void shouldGiveTheSameWhenItIsDoneAgain() {
        List<List<CellRecord.Placement>> once = PlacementClasses.classified(
            List.of(List.of(probe("1-0", 80, 85, 90)), List.of(probe("1-0", 430, 440, 450))));
        assertThat(PlacementClasses.classified(once)).isEqualTo(once);
    }
}
