package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.cell.CellMemory;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.CellTime;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellProcessTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void shouldTellInOneLineWhyACellFailed() throws Exception {
        Optional<String> failure = new CellProcess().run(spec("no-such-lock", null));

        assertThat(failure).contains("its JVM ended with code 1: no strategy is called 'no-such-lock'");
        assertThat(folder.resolve("cell.log")).content().contains("cell failed: no strategy is called")
            .contains("IllegalStateException");
        assertThat(folder.resolve("cell.json")).doesNotExist();
    }

    @Test
    void shouldTellInOneLineThatItsLogCannotBeRead() throws Exception {
        Path garbage = Files.write(folder.resolve("garbage.log"), new byte[] {0, 1, 2, (byte) 0xff});

        assertThat(new CellProcess().run(spec("mutex", garbage.toString()))).hasValueSatisfying(
            reason -> assertThat(reason).startsWith("its JVM ended with code 1: ").contains("garbage.log")
                .doesNotContain("\n"));
    }

    @Test
    void shouldLeaveTwoFilesAndNoOutputWhenTheCellSucceeds() throws Exception {
        assertThat(new CellProcess().run(spec("mutex", null))).isEmpty();
        assertThat(folder.resolve("cell.json")).exists();
        assertThat(folder.resolve("cell.hlog")).exists();
        assertThat(folder.resolve("cell.log")).doesNotExist();
    }

    @Test
    void shouldFindTheCostFilesOfTheInstallationInACell() throws Exception {
        Files.writeString(folder.resolve("cost.csv"), "ns,count\n300,1\n");
        String before = System.setProperty("steward.home", folder.toString());
        try {
            Scenario scenario = new ScenarioBuilder().override("steSync=file:cost.csv")
                .override("rehearsal=20ms").override("warmup=20ms").override("duration=50ms").override("streams=8")
                .build();
            assertThat(new CellProcess().run(spec("mutex", null, scenario))).isEmpty();
        } finally {
            if (before == null) {
                System.clearProperty("steward.home");
            } else {
                System.setProperty("steward.home", before);
            }
        }
    }

    @Test
    void shouldStopACellThatHasNoTimeLeft() throws Exception {
        assertThat(new CellProcess().run(spec("mutex", null), 1_000_000))
            .contains("did not end in time and was stopped");
        assertThat(folder.resolve("cell.json")).doesNotExist();
    }

    @Test
    void shouldNotRunACellWhenItWasCancelledBefore() throws Exception {
        CellProcess process = new CellProcess();
        process.cancel();

        assertThat(process.run(spec("mutex", null))).isPresent();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldGiveACellTheHeapThatItsRecordersNeed() {
        Scenario small = scenario();
        Scenario large = new ScenarioBuilder()
            .override("smmus=16").override("churn.threads=8").override("duration=10s").build();

        assertThat(heapMib(small)).isBetween(256L, 320L);
        assertThat(heapMib(large)).isGreaterThan(256 + CellMemory.recorderBytes(large) / MIB);
        Scenario many = new ScenarioBuilder().override("streams=65536").build();
        assertThat(CellJvm.flags(many)).as("room for new devices, not for old ones")
            .contains("-Xmx" + (heapMib(small) + 256) + "m", "-Xmn" + (heapMib(small) / 3 + 256) + "m");
        assertThat(CellJvm.flags(small)).noneMatch(flag -> flag.startsWith("-Xmn"));
        assertThat(CellMemory.recorderBytes(large) / MIB).isBetween(300L, 1_000L);
    }

    @Test
    void shouldGiveACellTheTimeThatItsSyncsTakeBeforeTheLoad() {
        long quick = CellTime.limitMs(new ScenarioBuilder().override("streams=8192").build());
        long slow = CellTime.limitMs(
            new ScenarioBuilder().override("streams=8192").override("steSync=100us").build());

        // Two engines, and at the least one sync for the attach of each device.
        assertThat(slow - quick).isGreaterThan(2 * 8_192 / 10);
        long drawn = CellTime.limitMs(
            new ScenarioBuilder().override("streams=8192").override("steSync=lognormal(100us,1)").build());
        assertThat(drawn).as("the mean is above the median").isGreaterThan(slow);
    }

    @ParameterizedTest
    @CsvSource({"always [madvise] never, true", "[always] madvise never, true", "always madvise [never], false"})
    void asksForHugePagesWhereTheKernelOffersThem(String choices, boolean asks) throws Exception {
        Path file = Files.writeString(folder.resolve("enabled"), choices + "\n");

        assertThat(CellJvm.flags(scenario(), file).contains("-XX:+UseTransparentHugePages")).isEqualTo(asks);
        assertThat(CellJvm.flags(scenario(), folder.resolve("none"))).doesNotContain("-XX:+UseTransparentHugePages");
    }

    private static long heapMib(Scenario scenario) {
        String flag = CellJvm.flags(scenario).stream()
            .filter(one -> one.startsWith("-Xmx")).findFirst().orElseThrow();
        return Long.parseLong(flag.substring(4, flag.length() - 1));
    }

    private CellSpec spec(String strategy, String eventsFile) {
        return spec(strategy, eventsFile, scenario());
    }

    private CellSpec spec(String strategy, String eventsFile, Scenario scenario) {
        return new CellSpec(
            "cell", strategy, CellSpec.INLINE, 1, scenario.settings(), eventsFile, null, folder.toString());
    }

    private static Scenario scenario() {
        return new ScenarioBuilder().override("rehearsal=20ms").override("warmup=20ms").override("duration=50ms")
            .override("streams=8").build();
    }
}
