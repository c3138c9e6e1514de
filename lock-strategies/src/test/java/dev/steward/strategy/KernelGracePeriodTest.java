package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelGracePeriodTest {
    private static final long ALL_BUT_GLOBAL = 0x1fe;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {
        "-1, 0-1, Linux", "0, 0-1, nohz_full", ALL_BUT_GLOBAL + ", 0-1, nohz_full", "1, 0, one CPU is online",
        "511, 17, one CPU is online", "511, , cannot be read"})
    void shouldRefuseWhenGlobalCommandIsMissingOrWaitsForNothing(long commands, String online, String why) {
        assertThat(KernelGracePeriod.refusal(commands, online).orElseThrow()).contains(why).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-1", "0,4", "2-3,8-11"})
    void shouldAllowItWithSeveralCpusOnline(String online) {
        assertThat(KernelGracePeriod.refusal(Membarrier.GLOBAL, online)).isEmpty();
        assertThat(KernelGracePeriod.refusal(Membarrier.GLOBAL | ALL_BUT_GLOBAL, online)).isEmpty();
    }

    @Test
    void shouldAskForGlobalCommandWithoutFlagsAndFailIfTheKernelDoes() {
        List<String> asked = new ArrayList<>();
        KernelGracePeriod.await((command, flags) -> {
            asked.add(command + " " + flags);
            return 0;
        });
        assertThat(asked).containsExactly("1 0");
        assertThatIllegalStateException().isThrownBy(() -> KernelGracePeriod.await((command, flags) -> -1))
            .withMessageContaining("failed");
    }

    @Test
    void shouldWaitWhereTheKernelOffersIt() {
        assumeTrue(KernelGracePeriod.refusal().isEmpty(), "not on this machine");
        assertThatCode(KernelGracePeriod::await).doesNotThrowAnyException();
    }
}
