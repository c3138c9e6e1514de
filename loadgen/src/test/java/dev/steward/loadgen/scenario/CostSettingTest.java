package dev.steward.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loadgen.workload.CostSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostSettingTest {
    private static final SettingType TYPE = SettingType.cost(10_000_000);
    private static final String HOME = "steward.home";
    private static final String GOOD = "# of one machine\n\nns,count\n0, 3\n1500,1\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 0ns", "300ns | 300ns", "1500ns | 1.5us", "0.0015ms | 1.5us", "10ms | 10ms",
        "lognormal(3us,0.5) | lognormal(3us,0.5)", "lognormal( 3000ns , .50 ) | lognormal(3us,0.5)",
        "lognormal (3us,0) | lognormal(3us,0)"
    })
    void shouldBringCostIntoItsCanonicalForm(String text, String canonical) {
        assertThat(TYPE.canonical(text)).isEqualTo(canonical);
        assertThat(TYPE.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fast | is not a duration; write a number with ns, us, ms, s, min or h",
        "-1ns | is not in 0ns to 10ms",
        "11ms | is not in 0ns to 10ms",
        "lognormal(3us) | is not a duration; write a number with ns, us, ms, s, min or h",
        "lognormal(3,0.5) | is not a duration; write a number with ns, us, ms, s, min or h",
        "lognormal(0ns,0.5) | is not in 1ns to 10ms",
        "lognormal(11ms,0.5) | is not in 1ns to 10ms",
        "lognormal(3us,-1) | is not in 0 to 2",
        "lognormal(3us,wide) | is not a number from 0 to 2",
        "file: | is not a duration; write a number with ns, us, ms, s, min or h",
        "file:no.such | names a file that cannot be read; a readable file is needed"
    })
    void shouldRefuseWhatIsNoCost(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> TYPE.canonical(text)).withMessage(message);
    }

    @Test
    void shouldDrawFromFileAndNameItWithItsDigest() throws IOException {
        String setting = "file:" + write(GOOD);
        String canonical = TYPE.canonical(setting);

        assertThat(canonical).matches("\\Q" + setting + "\\E#[0-9a-f]{12}");
        assertThat(TYPE.canonical(canonical)).isEqualTo(canonical);
        CostSource source = CostSetting.of(canonical, 10_000_000).law().source(42);
        assertThat(LongStream.generate(source::nextNs).limit(1_000).filter(ns -> ns == 1_500).count())
            .isBetween(200L, 300L);
    }

    @Test
    void shouldNotDrawLongerThanTheSettingAllows() {
        Scenario scenario = new ScenarioBuilder().override("cost.wakeUp=lognormal(10ms,2)").build();

        CostSource source = scenario.cost(ScenarioKey.COST_WAKE_UP).source(42);
        assertThat(LongStream.generate(source::nextNs).limit(1_000).max()).hasValue(10_000_000);
    }

    @Test
    void shouldRefuseFileThatIsNoLongerTheSame() throws IOException {
        String canonical = TYPE.canonical("file:" + write(GOOD));
        String other = TYPE.canonical("file:" + write(GOOD + "2000,1\n"));

        assertThat(other).isNotEqualTo(canonical);
        assertThatIllegalArgumentException().isThrownBy(() -> TYPE.canonical(canonical))
            .withMessage("has changed: the digest of the file is now " + other.substring(other.length() - 12));
    }

    /** The settings of a run folder are all that a cell gets. */
    @Test
    void shouldFindTheFileAgainFromTheSettingsOfARun() throws IOException {
        Map<String, String> settings = new ScenarioBuilder().override("steSync=file:" + write(GOOD)).build().settings();

        Scenario read = Scenario.ofSettings(settings);
        assertThat(read.settings()).isEqualTo(settings);
        assertThat(read.cost(ScenarioKey.STE_SYNC).meanNs()).isEqualTo(375);
        write(GOOD + "2000,1\n");
        assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> Scenario.ofSettings(settings))
            .withMessageMatching("settings: steSync: 'file:.*' has changed: the digest of the file is now \\w{12} .*");
    }

    @Test
    void shouldFindAFileThatIsInstalledWithTheSuite() throws IOException {
        write(GOOD);
        String before = System.setProperty(HOME, folder.toString());
        try {
            assertThat(TYPE.canonical("file:cost.csv")).startsWith("file:cost.csv#");
        } finally {
            if (before == null) {
                System.clearProperty(HOME);
            } else {
                System.setProperty(HOME, before);
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TYPE.canonical("file:cost.csv"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | 1 | no values; 'ns,count' and one line for each are needed",
        "'# nothing;' | 2 | no values; 'ns,count' and one line for each are needed",
        "ns,count | 1 | no values; 'ns,count' and one line for each are needed",
        "us,count;1,1 | 1 | the first line must be 'ns,count': values are in ns, and no other unit is read",
        "1500,1 | 1 | the first line must be 'ns,count': values are in ns, and no other unit is read",
        "ns,count;200,1;100,1 | 3 | the values do not ascend",
        "ns,count;200,1;200,1 | 3 | the values do not ascend",
        "ns,count;-1,1 | 2 | the value is negative",
        "ns,count;1,0 | 2 | the count is not above 0",
        "ns,count;1,-2 | 2 | the count is not above 0",
        "ns,count;#;10000001,1 | 3 | the value is over 10ms",
        "ns,count;1.5,1 | 2 | no value and count; write two whole numbers as in 1500,12",
        "ns,count;1us,1 | 2 | no value and count; write two whole numbers as in 1500,12",
        "ns,count;1 | 2 | no value and count; write two whole numbers as in 1500,12",
        "ns,count;9999999999999999999,1 | 2 | no value and count; write two whole numbers as in 1500,12"
    })
    void shouldSayInOneLineWhereFileIsWrong(String lines, int line, String why) throws IOException {
        Path file = write(lines.replace(';', '\n'));

        assertThatIllegalArgumentException().isThrownBy(() -> TYPE.canonical("file:" + file))
            .withMessage("is not a histogram: " + file + ":" + line + ": " + why);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("cost.csv"), content);
    }
}
