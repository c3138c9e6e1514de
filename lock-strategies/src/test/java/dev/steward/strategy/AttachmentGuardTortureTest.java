package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.design.KernelDesign;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.torture.GuardTorture;
import dev.steward.strategy.torture.TortureSettings;
import dev.steward.strategy.torture.TortureTally;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every strategy and variant under readers and committers at once, and guards with a mistake that the same torture
 * must catch. {@code -Dsteward.torture.seconds=60} for long, the seconds being those of one strategy.
 */
class AttachmentGuardTortureTest {
    private static final long DURATION_NS = durationNs();
    private static final long SEARCH_LIMIT_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int FEW_STREAMS = 4;
    private static final long TICK_MS = 1;

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#ranked")
    void shouldKeepItsPromisesUnderFire(Strategy strategy) throws InterruptedException {
        assertHolds(strategy, FEW_STREAMS);
        assertHolds(strategy, GuardTorture.STREAMS);
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW_STREAMS, GuardTorture.STREAMS})
    void shouldCatchUnguarded(int streams) throws InterruptedException {
        assertCaught("unguarded", LockStrategy.UNGUARDED::create, false, streams, TortureTally::late);
    }

    @Test
    void shouldCatchUnguardedByItsTornSnapshots() throws InterruptedException {
        assertCaught("unguarded", LockStrategy.UNGUARDED::create, false, FEW_STREAMS, TortureTally::torn);
        assertCaught("unguarded-pointer", LockStrategy.UNGUARDED_POINTER::create, false, FEW_STREAMS,
            TortureTally::torn);
    }

    /** Its detach takes no lock, so a report may outlast it. */
    @Test
    void shouldCatchDesignThatDoesNotPromiseQuiescence() throws InterruptedException {
        assertCaught("v1-vdev-ops", KernelDesign.V1_VDEV_OPS::create, false, FEW_STREAMS, TortureTally::late);
    }

    @Test
    void shouldCatchPublicationWithoutWaiting() throws InterruptedException {
        Strategy gc = LockStrategy.RCU_ENTRY.variant("gc");
        assertCaught("rcu-entry:gc", gc::create, false, FEW_STREAMS, TortureTally::late);
    }

    @Test
    void shouldCatchDeferredGuardWhoseSynchronizeDoesNotWait() throws InterruptedException {
        Strategy deferred = LockStrategy.RCU_ENTRY.variant("deferred");
        assertCaught("deferred without synchronize", context -> new ImpatientGuard(deferred.create(context)), true,
            FEW_STREAMS, TortureTally::late);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchLocksThatAreHeldTooShort(BrokenLockGuard.Mistake mistake) throws InterruptedException {
        assertCaught(mistake.name(), context -> new BrokenLockGuard(context, mistake), false, FEW_STREAMS,
            TortureTally::late);
    }

    /** The lock of the C library without the line that sleeps. */
    @Test
    void shouldCatchMutexThatGoesOnWhenItsTryFailed() throws InterruptedException {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        assertCaught("a try without a sleep",
            context -> new SectionLockGuard(context, Scope.SMMU, any -> new PthreadLockTest.TryingMutex()), false,
            FEW_STREAMS, TortureTally::late);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchPagesThatChangeUnderTheirReaders(BrokenRcuGuard.Mistake mistake) throws InterruptedException {
        // A reused page also makes reports late; only what the page itself shows counts here.
        assertCaught(mistake.name(), context -> new BrokenRcuGuard(context, mistake), false, FEW_STREAMS,
            tally -> tally.torn() + tally.stale());
    }

    @Test
    void shouldSayThatThereIsNoGuard() {
        assertThatThrownBy(() -> new GuardTorture(context -> null, false, settings(FEW_STREAMS, true)))
            .hasMessage("the strategy has made no guard, but null");
    }

    /** In all streams, since a drop shows only after the stream's last commit has returned, with none under way. */
    @ParameterizedTest
    @CsvSource({"DROPS, 1000", "DROPS, 10000", "DROPS, 100000", "SWALLOWS, 1000", "SWALLOWS, 10000",
        "SWALLOWS, 100000", "DOUBLES, 1000", "DOUBLES, 10000", "DOUBLES, 100000"})
    void shouldCatchReportsThatAreLostOrDoubled(FaultyReportGuard.Fault fault, int oneIn) throws InterruptedException {
        assertCaught(fault + " one in " + oneIn,
            context -> new FaultyReportGuard(LockStrategy.MUTEX.create(context), fault, oneIn), false,
            GuardTorture.STREAMS,
            fault == FaultyReportGuard.Fault.DOUBLES ? TortureTally::doubled : TortureTally::lost);
    }

    /** Each in the situation that it needs, once in 100 times. */
    @ParameterizedTest
    @EnumSource
    void shouldCatchWhatIsWrongInOneSituationOnly(HostileGuard.Fault fault) throws InterruptedException {
        assertCaught(fault.name(), context -> new HostileGuard(context, fault, 100), false, GuardTorture.STREAMS,
            TortureTally::violations);
    }

    /** It tells one reader after the other, so the second may still see what the first does not: no register does. */
    @Test
    void shouldCatchReadersThatSeeCommitsInNoOrder() throws InterruptedException {
        assertCaught("hand-over to two readers", LockStrategy.HAND_OVER::create, false, FEW_STREAMS,
            tally -> tally.stale() + tally.lost());
    }

    private static TortureSettings settings(int streams, boolean stepBack) {
        return new TortureSettings(2, 2, streams, 1, stepBack, System::nanoTime);
    }

    private static void assertHolds(Strategy strategy, int streams) throws InterruptedException {
        String name = strategy.description().name();
        try (GuardTorture torture = GuardTorture.of(strategy, settings(streams, true))) {
            torture.start();
            long startNs = System.nanoTime();
            while (torture.await(TICK_MS)
                && (System.nanoTime() - startNs < DURATION_NS / 2 || !torture.allWorked())) {
                assertThat(torture.tally().violations()).as("%s: %s", name, torture.tally()).isZero();
            }
            torture.stop();
            System.out.printf("torture: %s over %d streams: %s%n", name, streams, torture.tally());
            assertThat(torture.tally().violations()).as("%s: %s", name, torture.tally()).isZero();
            assertThat(torture.tally().reads()).isPositive();
        }
    }

    private static void assertCaught(
        String name, Function<GuardContext, AttachmentGuard> strategy, boolean deferred, int streams,
        ToLongFunction<TortureTally> oracle) throws InterruptedException {
        try (GuardTorture torture = new GuardTorture(strategy, deferred, settings(streams, false))) {
            torture.start();
            long startNs = System.nanoTime();
            while (torture.await(TICK_MS) && System.nanoTime() - startNs < SEARCH_LIMIT_NS
                && oracle.applyAsLong(torture.tally()) == 0) {
                Thread.onSpinWait();
            }
            long caughtMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            torture.stop();
            System.out.printf("torture: %s over %d streams caught after %d ms: %s%n",
                name, streams, caughtMs, torture.tally());
            assertThat(oracle.applyAsLong(torture.tally())).as("%s: %s", name, torture.tally()).isPositive();
        }
    }

    private static long durationNs() {
        String seconds = System.getProperty("steward.torture.seconds");
        return seconds == null ? TimeUnit.MILLISECONDS.toNanos(250) : TimeUnit.SECONDS.toNanos(Long.parseLong(seconds));
    }

    /** Passes everything on but the wait before a destroy. */
    private static final class ImpatientGuard extends ForwardingGuard {
        ImpatientGuard(AttachmentGuard guard) {
            super(guard);
        }

        @Override
        public void synchronize() {
            // forgotten
        }
    }
}
