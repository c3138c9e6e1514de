package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.RunManifest;
import dev.steward.strategy.CLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with strategies that call the C library, and what is said where it cannot be called. */
class NativeCallsTest {
    @TempDir
    private Path temp;

    @Test
    void shouldRecordWhatACallCostsWhenAStrategyMakesThem() throws IOException {
        CLibrary.refusal().ifPresent(Assumptions::abort);
        List<String> preflight = new ArrayList<>();
        Comparison comparison = config("pthread-rwlock:writers", "mutex").cells(preflight::add);

        assertThat(comparison.run(new ComparisonTest.Heard())).isEqualTo(RunManifest.Status.COMPLETE);
        JsonNode run = new ObjectMapper().readTree(temp.resolve("run/run.json").toFile());
        assertThat(Schemas.violations(Schemas.RUN, run.toString())).isEmpty();
        double pairNs = run.path("calibration").path("nativePairNs").asDouble(-1);
        assertThat(pairNs).isPositive();
        assertThat(preflight).contains("calls of " + CLibrary.version() + ": a pair that does nothing takes " + pairNs
            + " ns, part of the floor of the strategies that make them");
        assertThat(run.path("strategies").findValuesAsText("nativeCalls")).containsExactly("true", "false");
        assertThat(run.path("environment").findValuesAsText("value")).contains(CLibrary.version());
    }

    @Test
    void shouldRefuseTheNamedOneAndLeaveItOutOfAllWhereItCannotRun() {
        Optional<String> refusal = CLibrary.refusal();

        if (refusal.isEmpty()) {
            assertThat(names("all")).contains("pthread-mutex");
            assertThat(names("pthread-mutex:normal", "mutex")).containsExactly("pthread-mutex", "mutex");
            assertThat(StrategyChoice.cannotRun(List.of("all"))).isEmpty();
        } else {
            assertThat(names("all")).contains("mutex").doesNotContain("pthread-mutex");
            assertThatThrownBy(() -> names("mutex", "pthread-mutex:normal")).isInstanceOf(ScenarioException.class)
                .hasMessage("--strategy: 'pthread-mutex:normal' cannot run here: " + refusal.get());
            assertThat(StrategyChoice.cannotRun(List.of("all"))).singleElement().asString().endsWith(refusal.get());
        }
        assertThat(StrategyChoice.listed(List.of("all"))).extracting(strategy -> strategy.description().name())
            .contains("pthread-mutex", "pthread-rwlock");
        assertThat(StrategyChoice.cannotRun(List.of())).as("none of the default").isEmpty();
    }

    private static List<String> names(String... asked) {
        return StrategyChoice.named(List.of(asked)).stream().map(strategy -> strategy.description().name()).toList();
    }

    private CompareConfig config(String... strategies) {
        return new CompareConfig(new ScenarioBuilder().override("warmup=20ms").override("duration=50ms")
            .override("repeats=1").override("streams=8").override("path=inline").build(), List.of(strategies),
            temp.resolve("run"), temp, "./steward compare");
    }
}
