package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is waited for, and who is not, in each way to know. */
class GracePeriodsTest {
    private final FakeGracePeriods input = new FakeGracePeriods();
    private GracePeriods gracePeriods;
    private GracePeriods.Section first;
    private GracePeriods.Section second;

    private void make(Reclamation reclamation) {
        gracePeriods = GracePeriods.of(reclamation, 3, input);
        first = gracePeriods.register();
        second = gracePeriods.register();
    }

    private void leave(GracePeriods.Section reader) {
        reader.exit();
        reader.quiesce();
    }

    private Thread synchronizeInBackground() {
        Thread writer = Threads.start(() -> gracePeriods.synchronize());
        assertThat(Threads.awaitWaitingOrEnd(writer)).as("the writer waits").isTrue();
        return writer;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldNotWaitWhenNobodyIsInside(Reclamation reclamation) throws Exception {
        make(reclamation);
        Threads.runElsewhere(() -> gracePeriods.synchronize());
        first.enter();
        leave(first);
        Threads.runElsewhere(() -> gracePeriods.synchronize());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldWaitForEachReaderInside(Reclamation reclamation) throws InterruptedException {
        make(reclamation);
        first.enter();
        second.enter();
        Thread writer = synchronizeInBackground();
        leave(first);
        assertThat(Threads.awaitWaitingOrEnd(writer)).as("the second is still inside").isTrue();
        leave(second);
        Threads.awaitEnd(writer);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldNotWaitForReaderThatEnteredAfterwards(Reclamation reclamation) throws InterruptedException {
        make(reclamation);
        first.enter();
        Thread writer = synchronizeInBackground();
        second.enter();
        leave(first);
        Threads.awaitEnd(writer);
        leave(second);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldNotWaitForNextSectionOfReaderItWaitedFor(Reclamation reclamation) throws InterruptedException {
        make(reclamation);
        first.enter();
        Thread writer = synchronizeInBackground();
        leave(first);
        first.enter();
        Threads.awaitEnd(writer);
        leave(first);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldWaitForReaderThatEnteredDuringEarlierGracePeriod(Reclamation reclamation) throws InterruptedException {
        make(reclamation);
        gracePeriods.synchronize();
        first.enter();
        Thread writer = synchronizeInBackground();
        leave(first);
        Threads.awaitEnd(writer);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldNotWaitForReaderThatLeftForGood(Reclamation reclamation) throws Exception {
        make(reclamation);
        first.enter();
        first.exit();
        first.close();
        Threads.runElsewhere(() -> gracePeriods.synchronize());
        assertThat(gracePeriods.register().number()).isEqualTo(first.number());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldTellLaterThatGracePeriodHasElapsed(Reclamation reclamation) {
        make(reclamation);
        first.enter();
        long early = gracePeriods.start();
        assertThat(gracePeriods.elapsed(early)).isFalse();
        leave(first);
        second.enter();
        long late = gracePeriods.start();
        assertThat(late).isGreaterThanOrEqualTo(early);
        assertThat(gracePeriods.elapsed(late)).isFalse();
        leave(second);
        assertThat(gracePeriods.elapsed(late)).isTrue();
        assertThat(gracePeriods.elapsed(early)).isTrue();
    }

    @Test
    void shouldHoldUpGracePeriodUntilBatchEndsAndNotLonger() throws InterruptedException {
        make(Reclamation.QSBR);
        first.enter();
        first.exit();
        Thread writer = synchronizeInBackground();
        first.quiesce();
        Threads.awaitEnd(writer);
    }

    @ParameterizedTest
    @CsvSource({"EBR, 1", "QSBR, 1", "SRCU_FAST, 2"})
    void shouldTakeGracePeriodsOfTheInput(Reclamation reclamation, int periods) {
        make(reclamation);
        input.nowNs = SleepableDomain.EXP_HOLDOFF_NS;
        gracePeriods.synchronize();
        assertThat(input.waits()).isEqualTo(periods);
    }

    @Test
    void shouldExpediteWhenIdleSinceTheHoldoffAndNotBefore() {
        make(Reclamation.SRCU);
        input.nowNs = SleepableDomain.EXP_HOLDOFF_NS;
        gracePeriods.synchronize();
        assertThat(input.waits()).as("idle since it was made").isZero();
        input.nowNs += SleepableDomain.EXP_HOLDOFF_NS - 1;
        gracePeriods.synchronize();
        assertThat(input.waits()).as("too soon after the last").isEqualTo(1);
        input.nowNs += SleepableDomain.EXP_HOLDOFF_NS;
        gracePeriods.synchronize();
        assertThat(input.waits()).isEqualTo(1);
    }

    @Test
    void shouldNotExpediteWhileSomethingWaitsToBeFreed() {
        make(Reclamation.SRCU);
        input.nowNs = SleepableDomain.EXP_HOLDOFF_NS;
        long retired = gracePeriods.start();
        gracePeriods.synchronize();
        assertThat(input.waits()).isEqualTo(1);
        assertThat(gracePeriods.elapsed(retired)).isTrue();
        input.nowNs += SleepableDomain.EXP_HOLDOFF_NS;
        gracePeriods.synchronize();
        assertThat(input.waits()).isEqualTo(1);
    }

    @Test
    void shouldNotExpediteWhileGracePeriodIsUnderWay() throws InterruptedException {
        make(Reclamation.SRCU);
        input.nowNs = SleepableDomain.EXP_HOLDOFF_NS;
        first.enter();
        Thread expedited = synchronizeInBackground();
        assertThat(input.waits()).isZero();
        Thread normal = synchronizeInBackground();
        Threads.awaitTrue(() -> input.waits() == 1, "it takes a grace period of the input");
        leave(first);
        Threads.awaitEnd(expedited);
        Threads.awaitEnd(normal);
    }

    /** The input is no substitute for the readers of the domain, nor they for it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GC")
    void shouldWaitForReadersWhenInputHasEnded(Reclamation reclamation) throws InterruptedException {
        make(reclamation);
        first.enter();
        input.hold();
        Thread writer = synchronizeInBackground();
        input.letGo();
        assertThat(Threads.awaitWaitingOrEnd(writer)).as("a reader is inside").isTrue();
        leave(first);
        Threads.awaitEnd(writer);
    }

    @Test
    void shouldKnowNoGracePeriodsOfTheCollector() {
        assertThatIllegalArgumentException().isThrownBy(() -> make(Reclamation.GC));
    }

    @Test
    void shouldReuseSparePagesInOrderOfRetirementAndRememberThePeak() {
        SparePages spares = new SparePages(10, 2);
        assertThat(spares.take()).isEqualTo(10);
        spares.retire(3, 100);
        assertThat(spares.take()).isEqualTo(11);
        spares.retire(4, 200);
        assertThat(spares.anyFree()).isFalse();
        assertThat(spares.oldestTicket()).isEqualTo(100);
        spares.reuseOldest();
        assertThat(spares.take()).isEqualTo(3);
        spares.retire(5, 300);
        assertThat(spares.oldestTicket()).isEqualTo(200);
        spares.reuseOldest();
        spares.reuseOldest();
        assertThat(spares.retiredCount()).isZero();
        assertThat(spares.take()).isEqualTo(5);
        assertThat(spares.peak()).isEqualTo(2);
    }
}
