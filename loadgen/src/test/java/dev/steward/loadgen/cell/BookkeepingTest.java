package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Window;
import dev.steward.results.CellRecord;
import dev.steward.results.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookkeepingTest {
    private static final Window WINDOW = new Window(0, 100, 200);

    @Test
    void shouldGiveEveryPairOfVIommuAndStreamAnIdOfItsOwn() {
        VirtualIds ids = new VirtualIds(5, 3);
        Set<Integer> all = new HashSet<>();
        for (int viommu = 0; viommu < 3; viommu++) {
            for (int stream = 0; stream < 5; stream++) {
                int id = ids.of(viommu, stream);
                all.add(id);
                all.add(ids.otherOf(viommu, stream));
                assertThat(ids.viommuOf(ids.otherOf(viommu, stream), stream, 2)).isEqualTo(viommu);
                for (int other = 0; other < 5; other++) {
                    assertThat(ids.viommuOf(id, other, 0)).isEqualTo(other == stream ? viommu : VirtualIds.NONE);
                }
            }
        }

        assertThat(all).hasSize(30).doesNotContain(0);
        for (int stream = 0; stream < 5; stream++) {
            assertThat(ids.viommuOf(-1, stream, 0)).isEqualTo(VirtualIds.NONE);
            assertThat(ids.viommuOf(7, stream, 1)).isEqualTo(VirtualIds.NONE);
            assertThat(ids.viommuOf(8 + 30 + stream, stream, 9)).isEqualTo(VirtualIds.NONE);
        }
    }

    /** Produced, consumed, overflows, acknowledged, discarded. */
    @ParameterizedTest
    @CsvSource({
        "10, 10, 0, 0, 0, true",
        "10, 10, 2, 2, 5, true",
        "10, 9, 0, 0, 0, false",
        "10, 10, 2, 1, 5, false",
        "10, 10, 2, 2, 1, false",
        "10, 10, 0, 0, 1, false",
    })
    void shouldCatchAnEventQueueThatDoesNotAddUp(
        long produced, long consumed, long overflows, long acknowledged, long discarded, boolean adds) {
        assertThat(SmmuRun.adds(produced, consumed, overflows, acknowledged, discarded)).isEqualTo(adds);
    }

    @Test
    void shouldCountAnArrivalByItsScheduleAndByItsRealStart() {
        LoadProgress progress = new LoadProgress(WINDOW);
        progress.carriedOut(50, 60);
        progress.carriedOut(90, 110);
        progress.carriedOut(150, 160);
        progress.carriedOut(190, 210);
        progress.givenUp(199);
        progress.givenUp(200);

        assertThat(progress.generated()).isEqualTo(4);
        assertThat(progress.scheduled()).isEqualTo(3);
        assertThat(progress.done()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheFirstAndTheLastTimeOfActivity() {
        LoadProgress progress = new LoadProgress(WINDOW);
        progress.running(70);
        progress.running(90);
        progress.running(210);

        assertThat(progress.firstActiveNs()).isEqualTo(70);
        assertThat(progress.lastActiveNs()).isEqualTo(210);
    }

    @Test
    void shouldKeepTheFirstViolation() {
        OracleCount count = new OracleCount(Oracle.WRONG_VSID);
        count.checked(5);
        count.checked();
        assertThat(count.firstAtNs()).isEqualTo(OracleCount.NEVER);
        count.violated(20);
        count.violated(10);
        count.violated(30);

        assertThat(count.checks()).isEqualTo(6);
        assertThat(count.violations()).isEqualTo(3);
        assertThat(count.firstAtNs()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1000 | 1000 | ''", "1000 | 990 | ''", "1000 | 1010 | ''",
        "1000 | 989 | 'storm: 989 of 1000 arrivals of the window started in it (-1.1 %, limit 1 %)'",
        "1000 | 1011 | 'storm: 1011 of 1000 arrivals of the window started in it (+1.1 %, limit 1 %)'",
        "0 | 0 | 'storm: nothing was due in the measured window'"
    })
    void shouldRefuseACellThatDidNotKeepItsSchedule(long scheduled, long done, String reason) {
        List<String> reasons = sentences(
            List.of(new CellRecord.Rate("storm", 1, 1, scheduled, done)), ledger(0, 0), 0, List.of(), 1, false);

        assertThat(reasons).isEqualTo(reason.isEmpty() ? List.of() : List.of(reason));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0.95, 0", "0.9499, 1", "0, 1"})
    void shouldRefuseACellWhoseLoadsDidNotRunTogether(double overlap, int reasons) {
        assertThat(sentences(List.of(), ledger(0, 0), 0, List.of(), overlap, false)).hasSize(reasons)
            .allMatch(reason -> reason.matches("the load threads ran together for \\d+ % of the window only.*"));
    }

    @Test
    void shouldSayThatAThreadStartedAfterTheWindowWhenNothingRanTogether() {
        assertThat(sentences(List.of(), ledger(0, 0), 0, List.of(), 0, false)).containsExactly(
            "the load threads ran together for 0 % of the window only (limit 95 %): threads started after the window "
                + "had ended, the machine was too busy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10 | 10 | ''", "11 | 0 | 'saturated: 11 of 1000 events were lost at the event queue (1.1 %, limit 1 %)'",
        "0 | 500 | 'saturated: 500 of 1000 events were lost at the vEVENTQs (50.0 %, limit 1 %)'"
    })
    void shouldRefuseACellWhoseLatenciesAreThoseOfSurvivors(long lostAtRing, long lostInVeventq, String reason) {
        assertThat(sentences(List.of(), ledger(lostAtRing, lostInVeventq), 0, List.of(), 1, false))
            .isEqualTo(reason.isEmpty() ? List.of() : List.of(reason));
        assertThat(sentences(List.of(), ledger(lostAtRing, lostInVeventq), 0, List.of(), 1, true))
            .as("losses are what is studied").isEmpty();
    }

    @Test
    void shouldRefuseACellWhoseDevicesCouldNotStall() {
        assertThat(sentences(List.of(), ledger(0, 0), 10, List.of(), 1, false)).isEmpty();
        assertThat(sentences(List.of(), ledger(0, 0), 11, List.of(), 1, false)).containsExactly(
            "11 of 1011 events never came: eventq.maxStalls transactions were stalled already (1.1 %, limit 1 %)");
        assertThat(sentences(List.of(), ledger(0, 0), 500, List.of(), 1, true))
            .as("losses are what is studied").isEmpty();
    }

    private static CellRecord.Ledger ledger(long lostAtRing, long lostInVeventq) {
        return new CellRecord.Ledger(
            1000, 1000 - lostAtRing - lostInVeventq, lostAtRing, lostInVeventq, 0, 0, 0, 0L, 0, 0, 0L, 0L, 0, 0);
    }

    @Test
    void shouldRefuseACellWithAViolationAndNameEveryReason() {
        List<String> reasons = sentences(
            List.of(new CellRecord.Rate("storm", 1, 1, 100, 0), new CellRecord.Rate("churn", 1, 1, 100, 100)),
            ledger(0, 0),
            0,
            List.of(
                new CellRecord.Oracle("wrong-vsid", 0, 9, null, ""),
                new CellRecord.Oracle("torn-snapshot", 2, 9, 17L, "")),
            0.5,
            false);

        assertThat(reasons).containsExactly(
            "storm: 0 of 100 arrivals of the window started in it (-100.0 %, limit 1 %)",
            "the load threads ran together for 50 % of the window only (limit 95 %)",
            "oracle torn-snapshot: 2 of 9 checks, first after 17 ms");
    }

    private static List<String> sentences(
        List<CellRecord.Rate> rates, CellRecord.Ledger ledger, long refused, List<CellRecord.Oracle> oracles,
        double overlap, boolean lossesExpected) {
        return CellVerdict.reasons(rates, ledger, refused, oracles, overlap, lossesExpected).stream()
            .map(Reason::sentence).toList();
    }
}
