package dev.steward.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void shouldTakeAllRankedContestantsWhenNoneIsNamed() {
        Main.Arguments arguments = parse("-m", "quick");
        assertThat(arguments.strategiesOrAll()).contains("mutex", "rcu-page", "hand-over").doesNotContain("unguarded");
        assertThat(arguments.passed()).containsExactly("-m", "quick");
        assertThat(arguments.controls()).isFalse();
    }

    @Test
    void shouldTakeNamedContestantsWithTheirVariants() {
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
    void shouldTakeFlagsFromTheBuild() throws IOException {
        assertThat(Main.forkFlags()).contains("jdk.internal.misc").doesNotContain("${");
    }

    private static Main.Arguments parse(String... args) {
        return Main.Arguments.parse(args);
    }
}
