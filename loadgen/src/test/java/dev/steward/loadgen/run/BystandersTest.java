package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.cell.Noise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BystandersTest {
    private static final Noise QUIET = new Noise(500, OptionalDouble.of(0), 50, 45, 60);

    @Test
    @Timeout(600)
    void shouldNameAProcessThatIsBusy() throws IOException, InterruptedException {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            List<String> causes = List.of();
            // On a machine that is busy itself it may get less than what counts.
            while (causes.stream().noneMatch(cause -> cause.contains("(pid " + busy.pid() + ")"))) {
                Bystanders bystanders = Bystanders.look();
                Duration from = used(busy);
                while (used(busy).minus(from).toMillis() < 200) {
                    Thread.sleep(10);
                }
                causes = bystanders.busy();
            }
            assertThat(causes).anyMatch(cause -> cause.matches(
                "\\S+ \\(pid " + busy.pid() + "\\) uses \\d+ % of a CPU"));
        } finally {
            busy.destroyForcibly();
        }
    }

    @Test
    void shouldNameGapsAndTheHost() {
        assertThat(Bystanders.look().causes(new Noise(2_500_000, OptionalDouble.of(0.07), 300, 290, 320)))
            .contains("a spinning thread loses its CPU for 2500 us", "the host takes 7 % of the time");
        assertThat(Bystanders.look().causes(QUIET)).noneMatch(cause -> cause.contains("spinning"));
    }

    private static Duration used(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
