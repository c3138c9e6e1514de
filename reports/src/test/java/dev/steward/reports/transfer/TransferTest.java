package dev.steward.reports.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Transferred;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static Transferred agreeing() {
        return new Transferred().lock("unguarded", 6, 3).lock("seqlock", 8, 5).lock("mutex", 30, 20)
            .lock("rwlock", 90, 60);
    }

    @Test
    void shouldHoldEachWorldAgainstItsFloorAndItsMutex() {
        LoadTransfer load = Transfer.of(agreeing().result()).loads().get(0);
        LockRow rwlock = load.rows().get(3);

        assertThat(load.load()).isEqualTo("1 reader");
        assertThat(rwlock.name()).isEqualTo("rwlock");
        assertThat(rwlock.cByFloor().value()).isCloseTo(20, within(1e-9));
        assertThat(rwlock.jvmByFloor().value()).isCloseTo(15, within(1e-9));
        assertThat(rwlock.cByMutex().value()).isCloseTo(3, within(1e-9));
        assertThat(rwlock.jvmByMutex().interval().high()).isCloseTo(3, within(1e-9));
        assertThat(rwlock.beyondFloor()).isCloseTo(84.0 / 57, within(1e-9));
    }

    @Test
    void shouldSayNothingBeyondAFloorThatIsNotLeft() {
        Transfer transfer = Transfer.of(agreeing().lock("stamped", 6.5, 5).result());

        assertThat(transfer.loads().get(0).rows()).filteredOn(row -> row.name().equals("stamped"))
            .allMatch(row -> Double.isNaN(row.beyondFloor()));
    }

    @Test
    void shouldConfirmAnOrderThatIsTheSameInC() {
        Transfer transfer = Transfer.of(agreeing().result());

        assertThat(transfer.loads().get(0).tau().tau()).isEqualTo(1);
        assertThat(transfer.loads().get(0).inversions()).isEmpty();
        assertThat(transfer.jvmOnly(List.of("mutex", "rwlock", "unguarded"))).isEmpty();
        assertThat(transfer.jvmOnlySentence(List.of("mutex", "rwlock"))).isEmpty();
    }

    @Test
    void shouldMarkBothOfAPairThatChangesPlacesAndOnlyIfBothAreRanked() {
        Transfer transfer = Transfer.of(agreeing().lock("ticket", 20, 30).result());

        assertThat(transfer.loads().get(0).inversions()).singleElement().satisfies(one -> {
            assertThat(one.faster()).isEqualTo("ticket");
            assertThat(one.slower()).isEqualTo("mutex");
            assertThat(one.jvm()).isCloseTo(1.5, within(1e-9));
            assertThat(one.c()).isCloseTo(20.0 / 30, within(1e-9));
        });
        assertThat(transfer.jvmOnly(List.of("mutex", "ticket", "rwlock"))).containsExactly("mutex", "ticket");
        assertThat(transfer.jvmOnly(List.of("mutex", "rwlock"))).isEmpty();
        assertThat(transfer.jvmOnlySentence(List.of("mutex", "ticket", "rwlock")).orElseThrow())
            .startsWith("JVM only: mutex, ticket. ");
    }

    @Test
    void shouldCountAsReversedOnlyWhatIsSureInBothWorlds() {
        LoadTransfer load = Transfer.of(agreeing().lock("ticket", 20, 30).lock("mcs", 29, 20.9).result())
            .loads().get(0);

        assertThat(load.surePairs()).as("all pairs of five locks").isEqualTo(10);
        assertThat(load.reversed()).as("however little, widest first").extracting(LoadTransfer.Inversion::faster)
            .containsExactly("ticket", "ticket", "mcs");
        LoadTransfer noisy = Transfer.of(agreeing().noisy("ticket", 20, 30).result()).loads().get(0);
        assertThat(noisy.inversions()).isNotEmpty();
        assertThat(noisy.reversed()).isEmpty();
        assertThat(noisy.surePairs()).as("of the quiet locks").isEqualTo(3);
    }

    /** As an early interruption leaves it. */
    @Test
    void shouldCallNothingSureOfOneRepeat() {
        LoadTransfer load = Transfer.of(agreeing().repeats(1).result()).loads().get(0);

        assertThat(load.surePairs()).isZero();
        assertThat(load.classes()).as("one class of all").hasSize(1);
    }

    @Test
    void shouldCallNothingAnInversionWithinTheTolerance() {
        Transfer transfer = Transfer.of(agreeing().lock("ticket", 29, 20.9).result());

        assertThat(transfer.loads().get(0).inversions()).isEmpty();
    }

    @Test
    void shouldMarkWhatHasNoTwin() {
        Transfer transfer = Transfer.of(agreeing().lock(World.JVM, "mutex:master", "mutex:master", 1, 31).result());

        assertThat(transfer.jvmOnly(List.of("mutex", "mutex:master", "streams-mutex")))
            .containsExactly("mutex:master", "streams-mutex");
        assertThat(Transfer.NONE.jvmOnly(List.of("mutex", "unguarded"))).containsExactly("mutex");
        assertThat(Transfer.marked("mutex:master@against", transfer.jvmOnly(List.of("mutex:master"))))
            .isEqualTo("mutex:master@against (JVM only)");
    }

    @Test
    void shouldOrderInClassesOnlyWhatIsSurelyFasterInBothWorlds() {
        LoadTransfer load = Transfer.of(agreeing().lock("ticket", 20, 30).result()).loads().get(0);

        assertThat(load.classes()).containsExactly(
            List.of("seqlock"), List.of("mutex", "ticket"), List.of("rwlock"));
    }

    @Test
    void shouldPairALockOfAnotherNameByItsStrategy() {
        Transfer transfer = Transfer.of(new Transferred().lock(World.JVM, "unguarded", "unguarded", 2, 6)
            .lock(World.C, "none", "unguarded", 2, 3).lock(World.KERNEL, "spinlock", "ticket", 2, 40)
            .lock(World.C, "pthread-spin", null, 2, 25).result());
        LoadTransfer load = transfer.loads().get(0);

        assertThat(load.load()).isEqualTo("2 readers");
        assertThat(load.rows()).extracting(LockRow::name)
            .containsExactly("unguarded", "ticket", "pthread-spin");
        assertThat(load.rows().get(1).kernel().lock()).isEqualTo("spinlock");
        assertThat(load.locks()).isZero();
    }

    @Test
    void shouldGiveIntervalsByTheRepeats() {
        LockFigure figure = Transfer.withIntervals(agreeing().result()).figures().get(0);

        assertThat(figure.lowNs()).isBetween(5.8, 6.0);
        assertThat(figure.highNs()).isBetween(6.0, 6.2);
    }

    @Test
    void shouldBeBrokenByALockThatLetsATornSnapshotPassAndByABlindOracle() {
        assertThat(Transfer.of(agreeing().control(World.C, "unguarded", 9).result()).broken()).isFalse();
        assertThat(Transfer.of(agreeing().violations("unguarded", 3).control(World.C, "unguarded", 9)
            .control(World.JVM, "unguarded", 9).result()).broken()).isFalse();
        assertThat(Transfer.of(agreeing().violations("mutex", 1).result()).broken()).isTrue();
        assertThat(Transfer.of(agreeing().control(World.C, "unguarded", 0).result()).broken()).isTrue();
    }
}
