package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.ScenarioException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StrategyChoiceTest {
    /** The lock that was proposed spins; the one of the Java library sleeps and stands for no proposal. */
    @Test
    void shouldTakeTheProposedSpinningLockIntoTheDefaultComparison() {
        assertThat(StrategyChoice.named(List.of())).extracting(strategy -> strategy.description().name())
            .containsExactly("mutex", "rwlock-spin", "stamped", "rcu-page", "unguarded");
    }

    @Test
    void shouldRefuseNamesWhoseFilesWouldBeTheSame() {
        StrategyChoice.requireFilesOfTheirOwn(Set.of("mutex", "mutex:striped", "mutex-striped"));

        assertThatThrownBy(() -> StrategyChoice.requireFilesOfTheirOwn(
            new LinkedHashSet<>(List.of("mutex:striped", "mutex.striped"))))
            .isInstanceOf(ScenarioException.class).hasMessage("--strategy: the files of 'mutex:striped' and "
                + "'mutex.striped' would have one name; choose one");
    }
}
