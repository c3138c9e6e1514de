package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.ReplayConfig.Setting;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told of a log of which a window holds a part. */
class ReplayAdviceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayHowToPlayALogThatPausesForLong() throws IOException {
        Path log = log(0, 0.001, 0.002, 4_000, 4_000.001, 8_000);

        List<String> lines = lines(log, null, null);

        assertThat(lines).anyMatch(line -> line.startsWith("window: each of 6 cells plays a part of them for ")
            && line.contains(": 3 of 6 events, "));
        assertThat(notices(lines)).containsExactly(
            "notice: only 3 of 6 events are due in the window; --max-gap 10ms plays all of them in 23.0 ms, again and "
                + "again; --speed 351 plays all of them with every pause in proportion");
        assertThat(lines(log, null, "10ms")).anyMatch(line -> line.contains("plays them again and again"));
        assertThat(notices(lines(log, null, "10ms"))).isEmpty();
    }

    /** What is advised has to be true: the log then fits, and no larger pause of the list would do. */
    @Test
    void shouldAdviseTheLongestPauseThatFitsWhenNothingGivesEnoughForAP99() throws IOException {
        Path log = log(0, 4_000, 8_000);

        assertThat(notices(lines(log, false, null)))
            .anyMatch(line -> line.contains("--max-gap 10s plays all of them in 20.0 s;"));
        assertThat(lines(log, false, "10s")).anyMatch(line -> line.contains("plays all of them for 20.1 s"));
    }

    @Test
    void shouldNameNoSpeedThatIsNotAllowed() throws IOException {
        Path log = log(0, 20_000_000, 40_000_000);

        assertThat(notices(lines(log, null, null))).containsExactly(
            "notice: only 1 of 3 events are due in the window; --max-gap 10ms plays all of them in 20.0 ms, again and "
                + "again");
    }

    @Test
    void shouldNameASpeedWhenAGoodPartIsPlayed() throws IOException {
        double[] seconds = new double[2_000];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = i * 0.1;
        }
        Path log = log(seconds);

        assertThat(notices(lines(log, null, null))).first().asString()
            .isEqualTo("notice: 228 of 2000 events are due in the window; --speed 9 plays all of them");
        assertThat(notices(lines(log, null, null, "replay.speed=9"))).isEmpty();
    }

    @Test
    void shouldTellTheWarmUpFromTheTimeAfterTheWindow() throws IOException {
        Path log = log(0, 0.5, 7, 9);

        assertRefused(log, "all 4 come in the warm-up of 10s before it; set warmup=0, or leave --no-loop out",
            "warmup=10s", "duration=1s");
        assertRefused(log, "2 come in the warm-up of 2s before it, 2 after it; set warmup=0",
            "warmup=2s", "duration=1s");
        assertThat(notices(lines(log, false, null, "warmup=1s", "duration=9s"))).first().asString()
            .isEqualTo("notice: only 2 of 4 events are due in the window; 2 in the warm-up before it; "
                + "--set warmup=0 measures from the first record on");
    }

    @Test
    void shouldSayThatTheFirstEventComesLaterWhenItDoes() throws IOException {
        Path log = Files.writeString(folder.resolve("late.log"),
            "[    1.000000] pci 0000:84:00.2: Adding to iommu group 50\n" + fault(9));

        assertRefused(log, "the first comes after it; raise duration or --speed, or set --max-gap", "duration=1s");
    }

    private void assertRefused(Path log, String reason, String... overrides) {
        assertThatThrownBy(() -> lines(log, false, null, overrides)).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith(log.getFileName() + ": no event is due in the window of ")
            .hasMessageEndingWith("s: " + reason);
    }

    private static List<String> notices(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("notice: ") && !line.contains("attach nothing")).toList();
    }

    private static List<String> lines(Path log, Boolean loop, String maxGap, String... overrides) throws IOException {
        ReplayConfig config = new ReplayConfig(
            List.of(log), List.of("mutex"), loop,
            List.of(new Setting(ScenarioKey.REPLAY_MAX_GAP, maxGap, "--max-gap")), List.of(overrides));
        try (Replay replay = config.load()) {
            return replay.lines();
        }
    }

    private Path log(double... seconds) throws IOException {
        StringBuilder text = new StringBuilder();
        for (double second : seconds) {
            text.append(fault(1 + second));
        }
        return Files.writeString(folder.resolve("a.log"), text);
    }

    private static String fault(double second) {
        return String.format(Locale.ROOT, "[%12.6f] DMAR: [DMA Write] Request device [01:00.0] fault addr 7ee29000 "
            + "[fault reason 05] not set%n", second);
    }
}
