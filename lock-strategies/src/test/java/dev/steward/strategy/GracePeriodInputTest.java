package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.AllVariants;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What guards do with grace periods that take time: all strategies and designs, and each of their variants. */
class GracePeriodInputTest {
    private static final int STREAM = 5;
    private static final int OTHER = 200;
    private static final long OLD = Attachment.of(1, 1);
    private static final long NEW = Attachment.of(2, 2);

    private final FakeGracePeriods input = new FakeGracePeriods();

    private GuardContext context(StreamTable table) {
        return new GuardContext(table, 2, GracePeriodListener.NONE).withGracePeriods(input);
    }

    /** The RCU family whose attach waits. */
    static Stream<Named<Strategy>> waitForGracePeriod() {
        return AllVariants.ranked().filter(named -> {
            StrategyDescription description = named.getPayload().description();
            return description.family() == Family.RCU
                && description.usage().attachWait() == AttachWait.GRACE_PERIOD;
        });
    }

    static Stream<Named<Strategy>> takeNoGracePeriod() {
        return AllVariants.ranked().filter(named ->
            named.getPayload().description().usage().attachWait() != AttachWait.GRACE_PERIOD);
    }

    /** Two writers and a reader that stays inside: the second writer publishes while the first still waits. */
    @ParameterizedTest
    @MethodSource("waitForGracePeriod")
    void shouldPublishCommitWhileAnotherWaitsForReader(Strategy strategy) throws InterruptedException {
        try (StreamTable table = StreamTable.linear(8); AttachmentGuard guard = strategy.create(context(table));
            Reader inside = guard.registerReader(); Reader observer = guard.registerReader()) {
            guard.commit(STREAM, OLD);
            guard.commit(OTHER, OLD);
            Thread[] committers = new Thread[2];
            inside.report(STREAM, (viommuId, virtualStreamId) -> {
                committers[0] = Threads.start(() -> guard.commit(STREAM, NEW));
                assertThat(Threads.awaitWaitingOrEnd(committers[0])).isTrue();
                committers[1] = Threads.start(() -> guard.commit(OTHER, NEW));
                assertThat(Threads.awaitWaitingOrEnd(committers[1])).isTrue();
                assertThat(observer.translate(STREAM)).isEqualTo(NEW);
                assertThat(observer.translate(OTHER)).as("published while the first waits").isEqualTo(NEW);
                observer.quiesce();
                return 0;
            });
            inside.quiesce();
            Threads.awaitEnd(committers[0]);
            Threads.awaitEnd(committers[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("waitForGracePeriod")
    void shouldPublishBeforeGracePeriodOfInputAndReturnAfterIt(Strategy strategy) throws InterruptedException {
        try (StreamTable table = StreamTable.linear(8); AttachmentGuard guard = strategy.create(context(table));
            Reader observer = guard.registerReader()) {
            guard.commit(STREAM, OLD);
            int before = input.waits();
            input.hold();
            Thread committer = Threads.start(() -> guard.commit(STREAM, NEW));
            assertThat(Threads.awaitWaitingOrEnd(committer)).as("nobody is inside, the input is awaited").isTrue();
            assertThat(observer.translate(STREAM)).isEqualTo(NEW);
            observer.quiesce();
            input.letGo();
            Threads.awaitEnd(committer);
            assertThat(input.waits()).isGreaterThan(before);
        }
    }

    @ParameterizedTest
    @MethodSource("takeNoGracePeriod")
    void shouldNotTakeGracePeriodInCommitOfOthers(Strategy strategy) {
        try (StreamTable table = StreamTable.linear(8); AttachmentGuard guard = strategy.create(context(table))) {
            for (int i = 1; i <= 10; i++) {
                guard.commit(STREAM, Attachment.of(i, i));
            }
            assertThat(input.waits()).isZero();
        }
    }
}
