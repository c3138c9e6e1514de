package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.machine.Scheduling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadClassesTest {
    private final List<Scheduling> taken = new ArrayList<>();

    private static Scenario scenario(String... settings) {
        ScenarioBuilder builder = new ScenarioBuilder();
        List.of(settings).forEach(builder::override);
        return builder.build();
    }

    private ThreadClasses classes(boolean ring, int error, String... settings) {
        return ThreadClasses.of(scenario(settings), ring, wanted -> {
            taken.add(wanted);
            return error;
        });
    }

    @Test
    void shouldRunAHandlerAsAnInterruptThreadOnTheRingOnly() {
        ThreadClasses ring = classes(true, 0);
        ring.enter("handler-0");
        ring.enter("storm-0");
        ring.enter("hiccup");
        assertThat(taken).containsExactly(Scheduling.of("fifo:50"));
        assertThat(ring.lines()).isEqualTo(Map.of(ThreadRole.HANDLER, "fifo:50"));

        classes(false, 0).enter("handler-0");
        assertThat(taken).hasSize(1);
    }

    /** Of a real-time class it would keep its CPU from everything else on it. */
    @ParameterizedTest
    @ValueSource(strings = {"spin", "yield"})
    void shouldLeaveAHandlerThatNeverSleepsAnOrdinaryThread(String waiting) {
        ThreadClasses classes = classes(true, 0, "wait.handler=" + waiting);
        classes.enter("handler-0");

        assertThat(taken).isEmpty();
        assertThat(classes.lines()).isEmpty();
    }

    @Test
    void shouldGoOnWithoutWhatWasNotAskedForByName() {
        ThreadClasses classes = classes(true, 1);
        classes.enter("handler-0");
        assertThat(classes.lines())
            .isEqualTo(Map.of(ThreadRole.HANDLER, "other: fifo:50 is refused here (error 1)"));
    }

    @Test
    void shouldTakeWhatIsAskedForOnBothPathsOrFail() {
        classes(false, 0, "sched.handler=rr:10").enter("handler-1");
        classes(true, 0, "sched.churn=nice:5", "sched.vmm=fifo:3").enter("churn-0-2");
        assertThat(taken).containsExactly(Scheduling.of("rr:10"), Scheduling.of("nice:5"));
        assertThat(classes(true, 0, "sched.handler=other").lines()).isEqualTo(Map.of(ThreadRole.HANDLER, "other"));

        assertThatThrownBy(() -> classes(true, 1, "sched.handler=fifo:50").enter("handler-0"))
            .isInstanceOf(IllegalStateException.class).hasMessage("sched.handler: fifo:50 is refused here (error 1)");
    }

    @Test
    void shouldSayBeforehandWhatTheMachineRefuses() {
        Scenario scenario = scenario("sched.churn=fifo:20", "sched.vmm=nice:4");

        assertThat(ThreadClasses.refusals(scenario, wanted -> Optional.of("error 1: no").filter(
            why -> wanted.toString().startsWith("fifo")))).containsExactly(
                "sched.churn: fifo:20 is refused here (error 1: no)");
        assertThat(ThreadClasses.refusals(scenario(), wanted -> Optional.of("never"))).isEmpty();
    }
}
