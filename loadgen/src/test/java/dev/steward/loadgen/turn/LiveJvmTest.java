package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.cell.LiveMain;
import dev.steward.loadgen.cell.LiveOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveJvmTest {
    private static final long LIMIT_MS = 120_000;

    /** Fails at the first order, and the order is why. */
    static final class Echo {
        private Echo() {
        }

        public static void main(String[] args) throws IOException {
            String order =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            System.out.println(
                LiveMain.ANSWER + new ObjectMapper().writeValueAsString(Map.of("failure", order)));
        }
    }

    /** An older build refuses a setting that it does not know, so it must not hear of it. */
    @Test
    void shouldNotTellABuildOfSettingsThatItDoesNotKnow(@TempDir Path folder) throws IOException {
        Contestant contestant = new Contestant("mutex@against", List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx64m",
            "-cp", System.getProperty("java.class.path"), Echo.class.getName()), Set.of("newer"));
        LiveOrder order = new LiveOrder(
            LiveOrder.Kind.TURN, Map.of("newer", "1", "streams", "8"), "ring", 3, null);

        try (LiveJvm jvm = new LiveJvm(contestant, folder.resolve("out.log"))) {
            assertThatThrownBy(() -> jvm.order(order, LIMIT_MS)).isInstanceOf(IOException.class)
                .hasMessageContaining("{\"streams\":\"8\"}").hasMessageContaining("\"repeat\":3");
        }
    }
}
