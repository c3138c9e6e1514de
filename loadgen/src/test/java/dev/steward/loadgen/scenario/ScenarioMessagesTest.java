package dev.steward.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioMessagesTest {
    @TempDir
    private Path folder;

    /** The description of a file says what the file has. */
    @Test
    void shouldTellInTheDescriptionWhatWasChanged() {
        assertThat(described("one SMMU, 20k events/s").overrides(List.of("storm.rate=50k/s", "section=2us")).build()
            .text(ScenarioKey.DESCRIPTION)).isEqualTo("one SMMU, 20k events/s; changed: storm.rate=50k/s, section=2us");
        assertThat(described("").overrides(List.of("section=2us")).build().text(ScenarioKey.DESCRIPTION))
            .isEqualTo("changed: section=2us");
        assertThat(described("one SMMU").overrides(List.of()).build().text(ScenarioKey.DESCRIPTION))
            .isEqualTo("one SMMU");
        assertThat(described("one SMMU").overrides(List.of("section=2us", "description=mine")).build()
            .text(ScenarioKey.DESCRIPTION)).isEqualTo("mine");
    }

    private static ScenarioBuilder described(String description) {
        return new ScenarioBuilder().set("description", description, "a.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "streams=0 | --set: streams: '0' is not in 1 to 65536",
        "streams=-4 | --set: streams: '-4' is not in 1 to 65536",
        "streams=lots | --set: streams: 'lots' is not a whole number from 1 to 65536",
        "streams= | --set: streams: '' is not a whole number from 1 to 65536",
        "storm.hotShare=1.5 | --set: storm.hotShare: '1.5' is not in 0 to 1",
        "storm.hotShare=NaN | --set: storm.hotShare: 'NaN' is not a number from 0 to 1",
        "churn.mix.replace=-1 | --set: churn.mix.replace: '-1' is not in 0 to 1000000",
        "path=sideways | --set: path: 'sideways' is not one of both, ring, inline",
        "storm.rate=fast | --set: storm.rate: 'fast' is not a rate; write for example 500/s, 20k/s or 1.5M/s "
            + "(allowed: 1/s to 10M/s)",
        "storm.rate=20m/s | --set: storm.rate: '20m/s' is not a rate; write for example 500/s, 20k/s or 1.5M/s "
            + "(allowed: 1/s to 10M/s)",
        "storm.rate=-5/s | --set: storm.rate: '-5/s' is not in 1/s to 10M/s",
        "storm.rate=0 | --set: storm.rate: '0' means no storm, but a cell measures events: churn alone cannot be run; "
            + "allowed: 1/s to 10M/s",
        "storm.rate=0/s | --set: storm.rate: '0/s' means no storm, but a cell measures events: churn alone cannot be "
            + "run; allowed: 1/s to 10M/s",
        "storm.rate=1000000000000/s | --set: storm.rate: '1000000000000/s' is not in 1/s to 10M/s",
        "churn.rate=1000000M/s | --set: churn.rate: '1000000M/s' is not in 0/s to 1M/s",
        "streams=1000000000 | --set: streams: '1000000000' is not in 1 to 65536",
        "viommus=1_000_000_000 | --set: viommus: '1_000_000_000' is not in 1 to 4096",
        "smmus=17 | --set: smmus: '17' is not in 1 to 16",
        "storm.atOnce=1000000000 | --set: storm.atOnce: '1000000000' is not in 1 to 65536",
        "churn.atOnce=0 | --set: churn.atOnce: '0' is not in 1 to 65536",
        "storm.arrival=fractal | --set: storm.arrival: 'fractal' is not one of poisson, constant, bursts, mmpp, ramp, "
            + "steps, lognormal",
        "storm.burst.on=9us | --set: storm.burst.on: '9us' is not in 10us to 600s",
        "churn.mmpp.ratio=0.5 | --set: churn.mmpp.ratio: '0.5' is not in 1 to 1000000",
        "storm.ramp.from=2.1 | --set: storm.ramp.from: '2.1' is not in 0 to 2",
        "storm.steps.count=65 | --set: storm.steps.count: '65' is not in 1 to 64",
        "storm.lognormal.sigma=3 | --set: storm.lognormal.sigma: '3' is not in 0 to 2",
        "storm.guestShares=0.5;0.5 | --set: storm.guestShares: '0.5;0.5' is not up to 1024 numbers from 0 to 1, "
            + "separated by commas",
        "storm.guestShares=0.5,,0.1 | --set: storm.guestShares: '0.5,,0.1' is not up to 1024 numbers from 0 to 1, "
            + "separated by commas",
        "storm.guestShares=2 | --set: storm.guestShares: '2' is not up to 1024 numbers from 0 to 1, separated by "
            + "commas",
        "churn.rate=-1/s | --set: churn.rate: '-1/s' is not in 0/s to 1M/s",
        "duration=3 | --set: duration: '3' is not a duration; write a number with ns, us, ms, s, min or h "
            + "(allowed: 10ms to 3600s)",
        "duration=0s | --set: duration: '0s' is not in 10ms to 3600s",
        "section=0.5ns | --set: section: '0.5ns' is not a whole number of ns, the finest unit "
            + "(allowed: a duration of up to 10ms, lognormal(MEDIAN,SIGMA), or file:PATH with a histogram)",
        "vmm.poll=99999999999999999999s | --set: vmm.poll: '99999999999999999999s' is longer than this program can "
            + "count (allowed: 1us to 1s)",
        "name=../../etc | --set: name: '../../etc' is not 1 to 64 letters, digits, '.', '_' or '-'",
    })
    void shouldNameTheSettingAndWhatIsAllowed(String assignment, String message) {
        assertThatThrownBy(() -> new ScenarioBuilder().override(assignment))
            .isInstanceOf(ScenarioException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"storm.rate", "=5", "", " "})
    void shouldAskForAnAssignmentWhenThereIsNone(String text) {
        assertThatThrownBy(() -> new ScenarioBuilder().override(text))
            .hasMessage("--set " + text + ": write key=value, as in --set storm.rate=50k/s");
    }

    @ParameterizedTest
    @CsvSource({
        "strom.rate, storm.rate", "storm.rates, storm.rate", "churnrate, churn.rate", "rate, storm.rate",
        "veventq.dept, veventq.depth", "table.sidbits, table.sidBits", "Streams, streams", "depth, veventq.depth",
        "churn.mix.replce, churn.mix.replace"
    })
    void shouldSuggestTheNearestSettingWhenOneIsUnknown(String key, String nearest) {
        assertThatThrownBy(() -> new ScenarioBuilder().override(key + "=1"))
            .hasMessage("--set: unknown setting '" + key + "'; did you mean '" + nearest + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "x", "storm", "storm.mix.F_UUT_OF_NOWHERE", "."})
    void shouldPointToTheListWhenNoSettingIsNear(String key) {
        assertThatThrownBy(() -> new ScenarioBuilder().override(key + "=1"))
            .hasMessageStartingWith("--set: unknown setting '" + key + "'; ")
            .hasMessageMatching("(?s).*('./steward scenarios --keys' lists them all|did you mean 'storm\\..*)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "viommus=9;streams=8 | --set: viommus: 9 vIOMMUs for 8 streams; allowed: 1 to streams",
        "streams=10;streamsPerDevice=4 | --set: streams: 10 is no multiple of streamsPerDevice=4",
        "streams=16;streamsPerDevice=4;viommus=8 | --set: viommus: 8 vIOMMUs for 4 devices; allowed: 1 to 4",
        "streams=16;streamsPerDevice=2;churn.threads=9 | --set: churn.threads: 9 threads for 8 devices; at most one "
            + "each",
        "streamsPerDevice=2;stalls=queue | --set: streamsPerDevice: 2 with stalls=queue: a fault queue takes faults of "
            + "devices with one stream; allowed: 1, or stalls=abort",
        "kernel=6.11;fence=drain | --set: fence: drain is a step posted for kernels from 7.1 on, and kernel=6.11; "
            + "allowed: none, software, or kernel=7.1, 7.2",
        "table.format=linear;table.sidBits=25 | --set: table.sidBits: 25 bits are too many for a linear table; "
            + "allowed: 6 to 24, or table.format=2-level",
        "table.sidBits=6;streams=65 | --set: streams: 65 streams do not fit in 6-bit StreamIDs; raise table.sidBits",
        "storm.skew=log | --set: storm.skew: 'log' needs a log in storm.events; allowed without: uniform, zipf, hot, "
            + "guests",
        "churn.mix.same-viommu=0;churn.mix.block=0;churn.mix.move=0 | --set: churn.mix.same-viommu: all weights "
            + "of churn.mix are 0; at least one must be above 0, or set churn.rate=0",
        "viommus=1 | --set: viommus: churn.mix.move needs 2 or more guests, so 2 or more vIOMMUs; or set it to 0",
        "guests=1 | --set: guests: churn.mix.move needs 2 or more guests, so 2 or more vIOMMUs; or set it to 0",
        "viommus=1;churn.within=any;churn.mix.replace=1;churn.mix.move=0 | --set: viommus: churn.mix.replace needs 2 "
            + "or more; or set it to 0",
        "churn.mix.replace=70 | --set: churn.mix.replace: with churn.within=guest a device of a guest with one vIOMMU "
            + "has no other; allowed: viommus at least twice guests, or for stress churn.within=any, which no VMM can "
            + "do",
        "churn.mix.migrate=1 | --set: churn.mix.migrate: a vIOMMU with the device of another guest cannot be "
            + "destroyed; set churn.mix.move=0 and churn.within=guest",
        "churn.mix.migrate=1;churn.mix.move=0;churn.within=any;churn.mix.detach-attach=1 | --set: churn.mix.migrate: "
            + "a vIOMMU with the device of another guest cannot be destroyed; set churn.mix.move=0 and "
            + "churn.within=guest",
        "storm.guestShares=0.9,0.2 | --set: storm.guestShares: '0.9,0.2' adds up to more than 1; allowed: at most 1 in "
            + "all",
        "storm.rate=10/s;churn.rate=0;storm.atOnce=64 | --set: storm.atOnce: 64 at once are more than fall due in the "
            + "measured window; allowed: storm.rate * duration, here 20",
        "churn.rate=0.1/s;churn.atOnce=2 | --set: churn.atOnce: 2 at once are more than fall due in the measured "
            + "window; allowed: churn.rate * duration, here 1",
        "storm.arrival=bursts;storm.burst.off=2s | --set: storm.burst.off: with storm.burst.on=10ms and "
            + "storm.burst.off=2s a cycle is longer than the measured window; allowed: both together at most duration, "
            + "here 2s",
        "churn.arrival=mmpp;churn.mmpp.busy=3s | --set: churn.mmpp.busy: with churn.mmpp.busy=3s and "
            + "churn.mmpp.quiet=9ms a cycle is longer than the measured window; allowed: both together at most "
            + "duration, here 2s",
        "storm.arrival=bursts;storm.rate=2M/s | --set: storm.rate: 2M/s has peaks of 20M/s with "
            + "storm.arrival=bursts; allowed: peaks of 10M/s, so a mean of 1M/s",
        "churn.arrival=ramp;churn.ramp.from=2;churn.rate=600k/s | --set: churn.rate: 600k/s has peaks of 1.2M/s with "
            + "churn.arrival=ramp; allowed: peaks of 1M/s, so a mean of 500k/s",
        "streams=8;churn.threads=9 | --set: churn.threads: 9 threads for 8 streams; at most one each",
        "smmus=16;churn.threads=9 | --set: churn.threads: 9 threads on each of 16 SMMUs are too many; allowed: 128 in "
            + "all",
        "storm.rate=1/s;churn.rate=101/s | --set: churn.rate: is over 100 times storm.rate: hardly an event would be "
            + "measured; allowed: less",
    })
    void shouldNameTheContradiction(String assignments, String message) {
        ScenarioBuilder builder = new ScenarioBuilder();
        for (String assignment : assignments.split(";")) {
            builder.override(assignment);
        }

        assertThatThrownBy(builder::build).isInstanceOf(ScenarioException.class).hasMessage(message);
    }

    @Test
    void shouldNameTheContradictionWhenNoEventHasAWeight() {
        ScenarioBuilder builder = new ScenarioBuilder();
        for (ScenarioKey key : ScenarioKey.values()) {
            if (key.key().startsWith("storm.mix.")) {
                builder.set(key.key(), "0", "here");
            }
        }

        assertThatThrownBy(builder::build).hasMessage(
            "here: storm.mix.F_TRANSLATION: all weights of storm.mix are 0; at least one must be above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "kernel=7.1;fence=drain", "kernel=6.11;fence=software",
        "viommus=1;churn.rate=0", "viommus=1;churn.mix.move=0", "viommus=1;churn.mix.move=0;churn.mix.detach-attach=9",
        "viommus=4;guests=2;churn.mix.replace=1", "churn.within=any;churn.mix.replace=1",
        "churn.mix.migrate=1;churn.mix.move=0", "churn.mix.reboot=1",
        "streams=32;streamsPerDevice=4;churn.threads=8", "streams=9;streamsPerDevice=3;viommus=3;stalls=abort",
        "streams=64;table.sidBits=6", "streams=1;viommus=1;churn.rate=0",
        "table.format=linear;table.sidBits=24", "churn.rate=0;churn.threads=64;smmus=16",
        "storm.rate=10k/s;churn.rate=1M/s", "smmus=16;churn.threads=8", "storm.skew=log;storm.events=some.log",
        "storm.arrival=bursts;storm.rate=1M/s", "churn.rate=0;churn.arrival=mmpp;churn.mmpp.busy=3s;churn.atOnce=9999",
        "storm.arrival=poisson;storm.burst.off=9s", "storm.rate=1/s;churn.rate=0", "storm.atOnce=40000",
        "storm.skew=guests;storm.guestShares=0.5,0.25,0.25", "storm.guestShares="
    })
    void shouldAllowWhatIsNoContradiction(String assignments) {
        ScenarioBuilder builder = new ScenarioBuilder();
        for (String assignment : assignments.split(";")) {
            builder.override(assignment);
        }

        assertThat(builder.build().settings()).hasSize(ScenarioKey.values().length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "storm:\\n  rate: 0.1 | :2: storm.rate: '0.1' is not in 1/s to 10M/s",
        "streams: 5\\nviommus: x | :2: viommus: 'x' is not a whole number from 1 to 4096",
        "storm:\\n  rat: 5 | :2: unknown setting 'storm.rat'; did you mean 'storm.rate'?",
        "weather:\\n  rate: 5 | :1: unknown setting 'weather'; './steward scenarios --keys' lists them all",
        "weather: {} | :1: unknown setting 'weather'; './steward scenarios --keys' lists them all",
        "a: &a\\n  b: *a | :1: unknown setting 'a'; './steward scenarios --keys' lists them all",
        "storm: &a\\n  mix: *a | :2: unknown setting 'storm.mix.mix'; './steward scenarios --keys' lists them all",
        "storm: | :1: storm is a section: its settings stand below it, indented",
        "churn: 5 | :1: churn is a section: its settings stand below it, indented",
        "storm:\\n  - rate | :1: storm is a section: its settings stand below it, indented",
        "streams: [1, 2] | :1: streams: one value is expected, not a list",
        "streams:\\n  count: 5 | :1: streams: one value is expected, not a section",
        "streams: 5\\nseed: 1\\nstreams: 6 | :3: streams is set twice",
        "storm.rate: 5/s\\nstorm:\\n  rate: 6/s | :3: storm.rate is set twice",
        "? [a, b]\\n: 5 | :1: a key is plain text",
        "streams: 5\\n\\tseed: 1 | :2: is not YAML: found character '\\t(TAB)' that cannot start any token. "
            + "(Do not use \\t(TAB) for indentation)",
        "streams: 'x | :1: is not YAML: found unexpected end of stream",
        "streams: 5\\n---\\nstreams: 6 | :2: is not YAML: but found another document",
        "- a\\n- b | : a scenario is a map of settings, 'key: value' on each line",
        "hello | : a scenario is a map of settings, 'key: value' on each line",
        "'' | : a scenario is a map of settings, 'key: value' on each line",
        "# only a comment | : a scenario is a map of settings, 'key: value' on each line",
    })
    void shouldNameTheFileAndTheLine(String yaml, String message) throws IOException {
        Path file = file(yaml.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> new ScenarioBuilder().file(file))
            .isInstanceOf(ScenarioException.class).hasMessage(file + message);
    }

    @Test
    void shouldNameTheFileWhenItIsNoScenario() throws IOException {
        assertMessage(file(new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2}),
            ": is not UTF-8 text; a scenario is a short YAML file");
        assertMessage(file(new byte[(1 << 20) + 1]), ": is over 1 MiB; a scenario is a short YAML file");
        assertMessage(file(new byte[] {'a', 0, 1}), ": is not YAML: special characters are not allowed");
        assertMessage(file(("a: " + "[".repeat(200)).getBytes(StandardCharsets.UTF_8)),
            ": is not YAML: Nesting Depth exceeded max 50");
        assertMessage(folder, ": is no regular file; a scenario is a short YAML file");
        assertMessage(folder.resolve("absent.yaml"), ": cannot be read; a scenario is a readable YAML file");
    }

    @Test
    void shouldStayOneShortLineWhateverTheFileSays() throws IOException {
        for (String yaml : new String[] {
            "streams: |\n  one\n  two\n", "\"a\\nb\": 5", "streams: \"\\u2028\"", "streams: " + "9".repeat(500_000),
            "storm.rate: " + "9".repeat(500_000) + "/s", "k".repeat(1_000) + ": 5", "description: \"a\\nb\"",
            "name: \"\\e[31m\"", "x".repeat(100_000)
        }) {
            Path file = file(yaml.getBytes(StandardCharsets.UTF_8));
            ScenarioException thrown = catchThrowableOfType(
                ScenarioException.class, () -> new ScenarioBuilder().file(file));

            assertThat(thrown.getMessage()).startsWith(file.toString()).matches("[^\\p{Cntrl}\\u2028]*");
            assertThat(thrown.getMessage().length() - file.toString().length()).isLessThan(300);
        }
    }

    @Test
    void shouldSayWhereAContradictionCameFrom() throws IOException {
        Path file = file("streams: 8\nviommus: 4\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> new ScenarioBuilder().file(file).override("streams=2").build())
            .hasMessage(file + ":2: viommus: 4 vIOMMUs for 2 streams; allowed: 1 to streams");
        assertThatThrownBy(() -> new ScenarioBuilder().override("streams=2").build())
            .hasMessage("default: viommus: 8 vIOMMUs for 2 streams; allowed: 1 to streams");
    }

    @Test
    void shouldReadNestedSettingsAndLetLaterOnesWin() throws IOException {
        Path file = file("""
            \uFEFFname: mine
            description: 'a "quoted" one'
            storm: {rate: 5k/s, mix: {F_ACCESS: 3}}
            churn.rate: 10/s
            """.getBytes(StandardCharsets.UTF_8));
        Scenario scenario = new ScenarioBuilder().file(file).override(" storm.rate = 6k/s ").build();

        assertThat(scenario.text(ScenarioKey.NAME)).isEqualTo("mine");
        assertThat(scenario.text(ScenarioKey.DESCRIPTION)).isEqualTo("a \"quoted\" one");
        assertThat(scenario.ratePerSecond(ScenarioKey.STORM_RATE)).isEqualTo(6_000);
        assertThat(scenario.decimal(ScenarioKey.MIX_ACCESS)).isEqualTo(3);
        assertThat(scenario.text(ScenarioKey.CHURN_RATE)).isEqualTo("10/s");
        assertThat(scenario.count(ScenarioKey.STREAMS)).isEqualTo(64);
    }

    private void assertMessage(Path file, String message) {
        assertThatThrownBy(() -> new ScenarioBuilder().file(file))
            .isInstanceOf(ScenarioException.class).hasMessage(file + message);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "scenario", ".yaml"), content);
    }

    @Test
    void shouldRefuseGracePeriodsOfKernelThatCannotShowThem() {
        String why = "one CPU is online, where MEMBARRIER_CMD_GLOBAL waits for nothing";
        assertThatThrownBy(() -> new ScenarioBuilder(() -> Optional.of(why)).override("grace=kernel").build())
            .isInstanceOf(ScenarioException.class)
            .hasMessage("--set: grace: " + why + "; allowed here: model, a duration, file:PATH");
        assertThat(new ScenarioBuilder(Optional::empty).override("grace=kernel").build().text(ScenarioKey.GRACE))
            .isEqualTo("kernel");
        assertThat(new ScenarioBuilder(() -> Optional.of(why)).build().text(ScenarioKey.GRACE)).isEqualTo("model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "# nothing | 1: no values;",
        "us,count~5,1 | 1: the first line must be 'ns,count': values are in ns, and no other unit is read",
        "ns,count~5,1~3,1 | 3: the values do not ascend",
        "ns,count~-5,1 | 2: the value is negative"})
    void shouldSayLineOfGracePeriodFileThatIsWrong(String content, String what) throws IOException {
        Path file = Files.writeString(folder.resolve("grace.csv"), content.replace('~', '\n'));
        assertThatThrownBy(() -> new ScenarioBuilder().override("grace=file:" + file))
            .isInstanceOf(ScenarioException.class)
            .hasMessageContaining("is not a histogram: " + file + ":" + what)
            .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1));
    }

    @Test
    void shouldRefuseGracePeriodsOfNoKind() {
        assertThatThrownBy(() -> new ScenarioBuilder().override("grace=long")).hasMessage(
            "--set: grace: 'long' is not one of model, kernel, a duration, or file:PATH with a histogram");
        assertThatThrownBy(() -> new ScenarioBuilder().override("grace=5")).hasMessageContaining("is not a duration");
    }
}
