package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every guard under readers and committers at once, and guards with a mistake that the same torture must catch.
 * {@code -Dsteward.torture.seconds=60} for long.
 */
class AttachmentGuardTortureTest {
    private static final long DURATION_NS = durationNs();
    private static final long SEARCH_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int FEW_STREAMS = 4;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNGUARDED")
    void shouldKeepItsPromisesUnderFire(LockStrategy strategy) throws InterruptedException {
        assertThat(strategy.info().ranked()).isTrue();
        assertHolds(strategy.info().name(), strategy::create, FEW_STREAMS);
        assertHolds(strategy.info().name(), strategy::create, GuardTorture.STREAMS);
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW_STREAMS, GuardTorture.STREAMS})
    void shouldCatchUnguarded(int streams) throws InterruptedException {
        assertCaught("unguarded", LockStrategy.UNGUARDED::create, streams, GuardTorture.Tally::late);
    }

    @Test
    void shouldCatchUnguardedByItsTornSnapshots() throws InterruptedException {
        assertCaught("unguarded", LockStrategy.UNGUARDED::create, FEW_STREAMS, GuardTorture.Tally::torn);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchLocksThatAreHeldTooShort(BrokenLockGuard.Mistake mistake) throws InterruptedException {
        assertCaught(mistake.name(), context -> new BrokenLockGuard(context, mistake), FEW_STREAMS,
            GuardTorture.Tally::late);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchPagesThatChangeUnderTheirReaders(BrokenRcuGuard.Mistake mistake) throws InterruptedException {
        // A reused page also makes reports late; only what the page itself shows counts here.
        assertCaught(mistake.name(), context -> new BrokenRcuGuard(context, mistake), FEW_STREAMS,
            tally -> tally.torn() + tally.stale());
    }

    @Test
    void shouldTellStreamsAndViommusApartByVirtualStreamId() {
        assertThat(IntStream.range(0, 100_000)
            .map(i -> GuardTorture.virtualStreamId(i % GuardTorture.STREAMS, i / GuardTorture.STREAMS))
            .distinct().count()).isGreaterThan(99_900);
    }

    private static void assertHolds(
        String name, Function<GuardContext, AttachmentGuard> strategy, int streams) throws InterruptedException {
        GuardTorture.Tally tally = new GuardTorture(strategy, streams).run(DURATION_NS / 2);
        System.out.printf("torture: %s over %d streams: %s%n", name, streams, tally);
        assertThat(tally.violations()).as("%s: %s", name, tally).isZero();
        assertThat(tally.reads()).isPositive();
        assertThat(tally.reports()).isPositive();
        assertThat(tally.commits()).isPositive();
    }

    private static void assertCaught(
        String name, Function<GuardContext, AttachmentGuard> strategy, int streams,
        ToLongFunction<GuardTorture.Tally> oracle) throws InterruptedException {
        long startNs = System.nanoTime();
        GuardTorture.Tally tally = new GuardTorture(strategy, streams).search(SEARCH_LIMIT_NS, oracle);
        System.out.printf("torture: %s over %d streams caught after %d ms: %s%n",
            name, streams, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs), tally);
        assertThat(oracle.applyAsLong(tally)).as("%s: %s", name, tally).isPositive();
    }

    private static long durationNs() {
        String seconds = System.getProperty("steward.torture.seconds");
        return seconds == null ? TimeUnit.MILLISECONDS.toNanos(800) : TimeUnit.SECONDS.toNanos(Long.parseLong(seconds));
    }
}
