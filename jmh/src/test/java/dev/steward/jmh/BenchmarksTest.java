package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That every benchmark runs, for a few milliseconds, in this JVM; how fast is not asked. */
class BenchmarksTest {
    private static final String[] STRATEGIES = {"mutex", "seqlock-ste", "rcu-entry:qsbr:deferred", "hand-over"};

    @ParameterizedTest
    @CsvSource({
        "BaselineBenchmark, 7", "TranslateBenchmark, 8", "CommitBenchmark, 4", "ChurnBenchmark, 8",
        "ReportBenchmark, 4", "EventPathBenchmark, 5", "GracePeriodBenchmark, 4", "SectionLengthBenchmark, 4"})
    void shouldRun(String benchmark, int results) throws RunnerException {
        Collection<RunResult> run = new Runner(new OptionsBuilder()
            .include("\\." + benchmark + "\\.")
            .param("strategy", STRATEGIES)
            .param("entries", "256")
            .param("sectionNs", "100")
            .param("writesPerSecond", "1000", "unlimited")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(20))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build()).run();
        assertThat(run).hasSize(results)
            .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
