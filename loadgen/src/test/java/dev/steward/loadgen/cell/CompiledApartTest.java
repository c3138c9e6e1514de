package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompiledApartTest {
    /** The JVM ignores a name that it does not find, and the attach path would be slow again without a word. */
    @Test
    void shouldNameMethodsThatExist() {
        assertThat(CompiledApart.flags().get(0)).isEqualTo("-XX:CompileCommand=quiet");
        assertThat(CompiledApart.flags().subList(1, CompiledApart.flags().size())).isNotEmpty().allSatisfy(flag -> {
            String[] parts = flag.replace("-XX:CompileCommand=dontinline,", "").split("::");
            assertThat(Arrays.stream(Class.forName(parts[0]).getDeclaredMethods()))
                .anyMatch(method -> method.getName().equals(parts[1]));
        });
    }
}
