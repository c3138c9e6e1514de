package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyChoiceTest {
    /** The lock that was proposed spins; the one of the Java library sleeps and stands for no proposal. */
    @Test
    void shouldTakeTheProposedSpinningLockIntoTheDefaultComparison() {
        assertThat(StrategyChoice.named(List.of())).extracting(strategy -> strategy.description().name())
            .containsExactly("mutex", "rwlock-spin", "stamped", "rcu-page", "unguarded");
    }
}
