package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private static final String ALL = "strategy=" + String.join(",", Strategies.runnable().stream()
        .map(strategy -> strategy.description().name()).toList());

    @Test
    void shouldRunAllStrategiesWhenNoneIsChosen() {
        assertThat(completed("Translate", "-p", "entries=64"))
            .containsExactly("Translate", "-p", "entries=64", "-p", ALL, "-jvmArgsAppend", "-Dflag");
    }

    @Test
    void shouldLeaveChosenStrategiesAlone() {
        assertThat(completed("-p", "strategy=mutex"))
            .containsExactly("-p", "strategy=mutex", "-jvmArgsAppend", "-Dflag");
        assertThat(completed("-pstrategy=mutex")).containsExactly("-pstrategy=mutex", "-jvmArgsAppend", "-Dflag");
    }

    @Test
    void shouldKeepFlagsOfTheUserBehindOurs() {
        assertThat(completed("-jvmArgsAppend", "-Xmx2g", "-p", "strategy=mutex"))
            .containsExactly("-jvmArgsAppend", "-Dflag -Xmx2g", "-p", "strategy=mutex");
    }

    /** JMH refuses the long one. */
    @Test
    void shouldTakeTheLongOptionForHelp() {
        assertThat(completed("--help", "-p", "strategy=mutex"))
            .containsExactly("-h", "-p", "strategy=mutex", "-jvmArgsAppend", "-Dflag");
    }

    @Test
    void shouldTakeFlagsFromTheBuild() throws IOException {
        assertThat(Main.forkFlags()).contains("jdk.internal.misc").doesNotContain("${");
    }

    private static List<String> completed(String... args) {
        return Main.completed(args, "-Dflag");
    }
}
