package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong: one line that names it and says what is allowed, code 2, and nothing is left behind. */
final class BadInputTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> commandLines() {
        String tortureHelp = " ('./steward torture --help' tells more)";
        String commands =
            String.join(", ", Steward.commandLine(OutputStream.nullOutputStream()).getSubcommands().keySet());
        String rootHelp = " ('./steward --help' tells more)";
        String compareHelp = " ('./steward compare --help' tells more)";
        return Stream.of(
            arguments(List.of(),
                "name a command: " + commands + rootHelp),
            arguments(List.of("frobnicate"),
                "unknown command 'frobnicate'; allowed: " + commands + rootHelp),
            arguments(List.of("--loud"),
                "unknown option '--loud'; allowed: --help, --quiet, --verbose, --version" + rootHelp),
            arguments(List.of("compare", "--strateg", "mutex"),
                "unknown option '--strateg'; allowed: --strict, --scenario, --strategy, --events, --quick, --set, "
                    + "--duration, --repeats, --budget, --precision, --against, --fail-on, --dry-run, --out, "
                    + "--plan, --help, --quiet, --verbose, --nodes, --at-once, --minutes, --copies, --generations, "
                    + "--pack, --hosts, --image, --claim"
                    + compareHelp),
            arguments(List.of("compare", "mutex"), "unexpected argument 'mutex'" + compareHelp),
            arguments(List.of("compare", "--set"),
                "missing required parameter for option '--set' (KEY=VALUE)" + compareHelp),
            arguments(List.of("compare", "--scenario", "default", "--scenario", "default"),
                "option '--scenario' (NAME) should be specified only once" + compareHelp),
            arguments(List.of("transfer", "--strategy", ","),
                "--strategy: ',' names nothing ('./steward transfer --help' tells more)"),
            arguments(List.of("compare", "--dry-run", "--strategy", ",,"),
                "--strategy: ',,' names nothing" + compareHelp),
            arguments(List.of("report"),
                "results: holds no result folder; run './steward compare', or name one"),
            arguments(List.of("diff", "a"),
                "name AFTER as well as BEFORE, or neither for the two newest results ('./steward diff --help' tells "
                    + "more)"),
            arguments(List.of("report", "a", "--format", "pdf"), "--format: unknown format 'pdf'; allowed: txt, html, "
                + "md, csv, benchfmt, jmh, openmetrics, all ('./steward report --help' tells more)"),
            arguments(List.of("open", "a", "b"), "unexpected argument 'b' ('./steward open --help' tells more)"),
            arguments(List.of("torture", "--readers", "\u0664"),
                "invalid value for option '--readers': '\u0664' is not a whole number" + tortureHelp),
            arguments(List.of("torture", "--readers", "2147483648"),
                "invalid value for option '--readers': 2147483648 is not in -2147483648 to 2147483647" + tortureHelp),
            arguments(List.of("regret", "--seed", "1e3"),
                "invalid value for option '--seed': '1e3' is not a whole number"
                    + " ('./steward regret --help' tells more)"),
            arguments(List.of("torture", "--strategy", "mutex:qsbr"),
                "--strategy: 'mutex:qsbr': unknown variant 'qsbr'; allowed: smmu, striped<n>, master; "
                    + "spin-park, park, spin, yield"),
            arguments(List.of("torture", "--disturb", "shuffle,shake"), "--disturb: 'shuffle,shake' is not none, all "
                + "or a comma-separated list of shuffle, take-cpus, stutter, boost, jitter" + tortureHelp),
            arguments(List.of("compare", "--set", "disturb=shake"), "--set: disturb: 'shake' is not none or a "
                + "comma-separated list of shuffle, take-cpus, stutter, boost, jitter"),
            arguments(List.of("capacity", "--slo", "event.p99<=1ms", "--set", "disturb=jitter"), "disturb: no figure "
                + "counts while threads are disturbed, so nothing can be compared; allowed here: none"),
            arguments(List.of("torture", "--time", "5"),
                "--time: '5' is not a duration; write a number with ns, us, ms, s, min or h" + tortureHelp),
            arguments(List.of("torture", "--time", "0s"), "--time: '0s' is not allowed; more than 0" + tortureHelp),
            arguments(List.of("torture", "--committers", "3"),
                "--committers: 3 is not allowed; a power of two up to 256" + tortureHelp),
            arguments(List.of("torture", "--readers", "0"), "--readers: 0 is not allowed; 1 to 256" + tortureHelp),
            arguments(List.of("strategies", "futex"),
                "--strategy: unknown strategy 'futex'; did you mean 'mutex'? './steward strategies' lists "
                    + "them all"),
            arguments(List.of("guide", "--events", "50k/s", "--attach", "1k/s", "--streams", "64", "--section",
                "lognormal(2us,0.5)"),
                "--section: 'lognormal(2us,0.5)' is no number; an axis takes fixed values"),
            arguments(List.of("decode"), "missing required parameter: 'FILE' ('./steward decode --help' tells more)"));
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void shouldRefuseCommandLine(List<String> args, String message) {
        assertRefused(Cli.run(args.toArray(String[]::new)), message);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
            arguments("storm.rate", "--set storm.rate: write key=value, as in --set storm.rate=50k/s"),
            arguments("=3", "--set =3: write key=value, as in --set storm.rate=50k/s"),
            arguments("storm.rat=3", "--set: unknown setting 'storm.rat'; did you mean 'storm.rate'?"),
            arguments("frobnication=3",
                "--set: unknown setting 'frobnication'; './steward scenarios --keys' lists them all"),
            arguments("storm.rate=-3", "--set: storm.rate: '-3' is not in 1/s to 10M/s"),
            arguments("storm.rate=0", "--set: storm.rate: '0' means no storm, but a cell measures events: churn alone "
                + "cannot be run; allowed: 1/s to 10M/s"),
            arguments("storm.rate=3m", "--set: storm.rate: '3m' is not a rate; write for example 500/s, 20k/s or "
                + "1.5M/s (allowed: 1/s to 10M/s)"),
            arguments("pin.handler=same-llc",
                "--set: pin.handler: 'same-llc' is not one of auto, none, compact, spread, or CPUs as in 0-3,8"),
            arguments("pin.jvm=3-1", "--set: pin.jvm: '3-1' is not a list of CPUs, as in 0-3,8 (allowed: auto, none, "
                + "same-llc, other-node, or CPUs as in 0-3,8)"),
            arguments("sched.churn=fifo:100", "--set: sched.churn: 'fifo:100' is not from fifo:1 to fifo:99 (allowed: "
                + "other, fifo:1 to fifo:99, rr:1 to rr:99, nice:-20 to nice:19)"),
            arguments("streams=0", "--set: streams: '0' is not in 1 to 65536"),
            arguments("streams=-1", "--set: streams: '-1' is not in 1 to 65536"),
            arguments("streams=many", "--set: streams: 'many' is not a whole number from 1 to 65536"),
            arguments("repeats=-1", "--set: repeats: '-1' is not in 0 to 1000"),
            arguments("duration=0ms", "--set: duration: '0ms' is not in 10ms to 3600s"),
            arguments("duration=-3s", "--set: duration: '-3s' is not in 10ms to 3600s"),
            arguments("duration=3", "--set: duration: '3' is not a duration; write a number with ns, us, ms, s, min or "
                + "h (allowed: 10ms to 3600s)"),
            arguments("duration=3parsec", "--set: duration: '3parsec' is not a duration; write a number with ns, us, "
                + "ms, s, min or h (allowed: 10ms to 3600s)"),
            arguments("path=inlne", "--set: path: 'inlne' is not one of both, ring, inline"),
            arguments("viommus=100", "--set: viommus: 100 vIOMMUs for 64 streams; allowed: 1 to streams"),
            arguments("storm.events=synthetic", "storm.skew: 'log' needs a log in storm.events; allowed without: "
                + "uniform, zipf, hot"),
            arguments("churn.threads=64,streams=8", "--set: churn.threads: "));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldRefuseSetting(String assignments, String message) {
        List<String> args = new ArrayList<>(List.of("compare", "--out", folder.resolve("run").toString()));
        for (String assignment : assignments.split(",")) {
            args.addAll(List.of("--set", assignment));
        }

        Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: ").contains(message).endsWith(System.lineSeparator());
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldNameStrategiesWhenStrategyIsUnknown() {
        assertRefused(
            compare("--strategy", "mutex,seqlok"),
            "--strategy: unknown strategy 'seqlok'; did you mean 'seqlock'? './steward strategies' lists "
                + "them all");
    }

    @Test
    void shouldNameScenariosWhenScenarioIsUnknown() {
        assertRefused(
            compare("--scenario", "strom"),
            "--scenario: unknown scenario 'strom'; allowed: " + String.join(", ", ScenarioChoice.names())
                + ", or a YAML file");
    }

    @Test
    void shouldNameFileAndLineWhenScenarioFileIsWrong() throws IOException {
        Path scenario = Files.writeString(folder.resolve("mine.yaml"), "name: mine\nstorm:\n  rate: fast\n");

        assertRefused(
            compare("--scenario", scenario.toString()),
            scenario + ":3: storm.rate: 'fast' is not a rate; write for example 500/s, 20k/s or 1.5M/s "
                + "(allowed: 1/s to 10M/s)");
    }

    @Test
    void shouldRefuseScenarioWhenItIsBinary() throws IOException {
        Path scenario = Files.write(folder.resolve("mine.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xfe, 1});

        Cli.Outcome outcome = compare("--scenario", scenario.toString());

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: " + scenario + ": is not ");
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    void shouldRefuseLogWhenItIsMissing() {
        Path log = folder.resolve("no.log");

        assertRefused(compare("--events", log.toString()), log + ": no such file: expected a kernel log");
    }

    @Test
    void shouldRefuseLogWhenItIsAFolder() {
        assertRefused(compare("--events", folder.toString()), folder + ": is a folder: expected a kernel log");
    }

    @Test
    void shouldRefuseLogWhenItIsBinary() throws IOException {
        Path log = Files.write(folder.resolve("binary.log"), new byte[4096]);

        assertRefused(
            compare("--events", log.toString()),
            log + ":1: not a text file (NUL byte): "
                + "expected a kernel log as text, plain or packed with gzip or zstd");
    }

    @Test
    void shouldRefuseLogWhenItHoldsNoEvent() throws IOException {
        Path log = Files.writeString(folder.resolve("quiet.log"), "[    0.000000] Booting Linux\n");

        assertRefused(
            compare("--events", log.toString()),
            "no usable SMMUv3 event in " + log
                + " (1 lines read, 0 incomplete events; no line of an arm-smmu-v3 driver announces an event)");
    }

    @Test
    void shouldRefuseOutputFolderWhenItCannotBeMade() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        Path out = inTheWay.resolve("run");

        assertRefused(
            Cli.run("compare", "--out", out.toString()),
            "--out: " + out + " cannot be written; name a folder that can");
    }

    @Test
    void shouldRefuseOutputFolderWhenItIsNotEmpty() throws IOException {
        Path out = Files.createDirectory(folder.resolve("run"));
        Files.writeString(out.resolve("thesis.txt"), "ten years of work");

        assertRefused(
            Cli.run("compare", "--out", out.toString()),
            "--out: " + out + " is not empty; name a new folder, results are never overwritten");
        assertThat(out.resolve("thesis.txt")).hasContent("ten years of work");
    }

    private Cli.Outcome compare(String... args) {
        Path out = folder.resolve("run");
        Cli.Outcome outcome = Cli.run(
            Stream.concat(Stream.of("compare", "--out", out.toString()), Stream.of(args)).toArray(String[]::new));
        assertThat(out).doesNotExist();
        return outcome;
    }

    private static void assertRefused(Cli.Outcome outcome, String message) {
        assertThat(outcome.err()).isEqualTo("steward: " + message + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.data()).isEmpty();
    }
}
