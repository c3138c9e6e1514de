package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.strategy.CLibrary;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That every benchmark runs, for a few milliseconds, in this JVM; how fast is not asked. */
class BenchmarksTest {
    private static final int FIRST_MS = 20;
    private static final int LONGEST_MS = 20_000;
    private static final Predicate<RunResult> SCORED = result -> result.getPrimaryResult().getScore() > 0;
    private static final String[] STRATEGIES = {"mutex", "seqlock-ste", "rcu-entry:qsbr:deferred", "hand-over"};

    @ParameterizedTest
    @CsvSource({
        "BaselineBenchmark, 8", "TranslateBenchmark, 8", "CommitBenchmark, 4", "ChurnBenchmark, 8",
        "ReportBenchmark, 4", "EventPathBenchmark, 5", "GracePeriodBenchmark, 4", "SectionLengthBenchmark, 4",
        "ReadersBenchmark, 16", "ReadersChurnBenchmark, 32", "CmdqvBenchmark, 8"})
    void shouldRun(String benchmark, int results) throws RunnerException {
        assertThat(run(options(benchmark))).hasSize(results);
    }

    @Test
    void shouldRunCallsOfTheCLibraryWhereItCanBeCalled() throws RunnerException {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        assertThat(run(options("NativeCallBenchmark"))).hasSize(2);
    }

    /** More readers than cores are allowed: who waits for a reader must let it run. */
    @ParameterizedTest
    @ValueSource(strings = {"ReadersBenchmark", "ReportBenchmark", "CmdqvBenchmark"})
    void shouldRunWithAsManyReadersAsThreads(String benchmark) throws RunnerException {
        assertThat(run(options(benchmark).threads(5))).isNotEmpty()
            .allSatisfy(result -> assertThat(result.getParams().getThreads()).isEqualTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ChurnBenchmark", "ReadersChurnBenchmark"})
    void shouldCountReadersBesideOneWriter(String benchmark) throws RunnerException {
        assertThat(run(options(benchmark).threadGroups(3, 1).threads(4))).isNotEmpty();
    }

    private static ChainedOptionsBuilder options(String benchmark) {
        return new OptionsBuilder()
            .include("\\." + benchmark + "\\.")
            .param("strategy", STRATEGIES)
            .param("entries", "256")
            .param("sectionNs", "100")
            .param("sectionTokens", "0", "10")
            .param("streams", "shared", "own")
            .param("writesPerSecond", "1000", "unlimited")
            .param("vdevices", "16", "64")
            .param("trapTokens", "10")
            .param("registerTokens", "10")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    }

    /** Of samples there may be none where a thread waits for a CPU all the time: then once more, and longer. */
    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> run = List.of();
        for (int ms = FIRST_MS; ms == FIRST_MS || ms <= LONGEST_MS && !run.stream().allMatch(SCORED); ms *= 10) {
            run = new Runner(options.measurementTime(TimeValue.milliseconds(ms)).build()).run();
        }
        assertThat(run).allMatch(SCORED);
        return run;
    }
}
