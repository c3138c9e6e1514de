package dev.steward.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void shouldTakeAllThatAreRankedWithTheirVariantsWhenNoneIsNamed() {
        Main.Arguments arguments = parse("-m", "quick");
        assertThat(arguments.strategiesOrAll()).doesNotHaveDuplicates()
            .contains("mutex", "mutex:park", "rcu-page:srcu-fast:deferred", "streams-mutex", "vmaster-rwsem:v2")
            .doesNotContain("unguarded", "rcu-page:gc", "v1-vdev-ops");
        assertThat(arguments.passed()).containsExactly("-m", "quick");
        assertThat(arguments.controls()).isFalse();
    }

    @Test
    void shouldLeaveDesignsAndVariantsOutWhenPlainOnesAreAskedFor() {
        assertThat(parse("--plain", "-m", "sanity").strategiesOrAll()).contains("mutex", "rcu-page", "hand-over")
            .noneMatch(name -> name.contains(":")).doesNotContain("streams-mutex", "unguarded");
    }

    @Test
    void shouldTakeNamedStrategiesWithTheirVariants() {
        Main.Arguments arguments = parse("--strategy", "mutex,rcu-entry:qsbr:deferred", "-m", "quick");
        assertThat(arguments.strategiesOrAll()).containsExactly("mutex", "rcu-entry:qsbr:deferred");
        assertThat(parse("--controls").controls()).isTrue();
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--strategy", "futex"))
            .withMessageStartingWith("unknown strategy 'futex'; allowed: mutex, ");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--fast"))
            .withMessageStartingWith("'--fast' is not allowed");
    }

    @Test
    void shouldTakeForbiddenOutcomeForCatchAndCrashNot() {
        Main.Verdict begun = new Main.Verdict(1, 0, 0);
        assertThat(begun.after("(Results: 2 planned; 1 passed, 1 failed, 0 soft errs, 0 hard errs)").foundForbidden())
            .isTrue();
        assertThat(begun.after("(Results: 2 planned; 0 passed, 0 failed, 0 soft errs, 2 hard errs)").foundForbidden())
            .isFalse();
        assertThat(begun.after("something else")).isEqualTo(begun);
    }

    @Test
    void shouldTakeFlagsFromTheBuild() throws IOException {
        assertThat(Main.forkFlags()).contains("jdk.internal.misc").doesNotContain("${");
    }

    private static Main.Arguments parse(String... args) {
        return Main.Arguments.parse(args);
    }
}
