package dev.steward.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {
    @Test
    void shouldKeepTheOrderInWhichItIsWritten() {
        assertThat(CpuList.parse("8,0-2, 1")).containsExactly(8, 0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "3-1", "-1", "1-", "a", "0-99999", "8192", "1 2"})
    void shouldRefuseWhatIsNoList(String text) {
        assertThatThrownBy(() -> CpuList.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("is not a list of CPUs, as in 0-3,8");
    }

    @Test
    void shouldReadBackWhatItPrints() {
        Random random = new Random(20);
        for (int i = 0; i < 500; i++) {
            BitSet cpus = new BitSet();
            random.ints(1 + random.nextInt(20), 0, 64).forEach(cpus::set);
            assertThat(CpuList.set(CpuList.parse(CpuList.words(cpus)))).isEqualTo(cpus);
        }
        assertThat(CpuList.words(CpuList.set(CpuList.parse("0,1,2,5,7,8")))).isEqualTo("0-2,5,7-8");
    }
}
