package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPlanTest {
    private static final List<String> AUTO = List.of(WaitPlan.AUTO, WaitPlan.AUTO);

    @ParameterizedTest
    @CsvSource({
        // path ring, cores, SMMUs, storm spins, handler spins
        "true, 1, 1, false, false", "true, 2, 1, false, false", "true, 4, 1, true, true", "true, 8, 1, true, true",
        "true, 2, 2, false, false", "true, 4, 2, false, false", "true, 8, 2, true, true", "true, 8, 3, true, true",
        "true, 8, 4, false, false", "true, 8, 8, false, false",
        "false, 1, 1, false, false", "false, 2, 1, true, false", "false, 4, 1, true, false", "false, 8, 8, false, false"
    })
    void shouldLetAThreadSpinOnlyWhenACoreIsLeft(
        boolean ring, int cores, int smmus, boolean stormSpins, boolean handlerSpins) {
        WaitPlan plan = WaitPlan.choose(ring, cores, smmus, AUTO, "auto", 100_000);

        assertThat(plan.stormSpinNs()).isEqualTo(stormSpins ? WaitPlan.SPIN_NS : 0);
        assertThat(plan.handlerLooks() > 0).isEqualTo(handlerSpins);
        assertThat(smmus * ((stormSpins ? 1 : 0) + (handlerSpins ? 1 : 0))).isLessThan(cores + (cores == 1 ? 1 : 0));
    }

    @ParameterizedTest
    @CsvSource({
        "true, auto, true", "false, auto, false", "true, poll, false", "false, event, true", "true, event, true",
        "false, poll, false"
    })
    void shouldWakeTheVmmAsAskedAndElseByPath(boolean ring, String wake, boolean byEvents) {
        assertThat(WaitPlan.choose(ring, 4, 1, AUTO, wake, 100_000).vmmWokenByEvents()).isEqualTo(byEvents);
    }

    @ParameterizedTest
    @CsvSource({"true, 4", "false, 3"})
    void shouldSayHowEachThreadWaits(boolean ring, int threads) {
        WaitPlan plan = WaitPlan.choose(ring, 1, 1, AUTO, "poll", 250_000);

        assertThat(plan.lines()).hasSize(threads)
            .contains(Map.entry("vmm", "poll 250us"), Map.entry("churn", "park"));
        assertThat(plan.lines().get(0).getValue()).isEqualTo("park");
    }

    @ParameterizedTest
    @CsvSource({
        "spin, yield, spin, yield", "yield, spin, yield, spin", "park, park, park, sleep",
        "spin-park, spin-park, park+spin 100us, look 2000x+sleep", "auto, spin, park, spin"
    })
    void shouldWaitAsAskedWhateverTheCores(String storm, String handler, String stormSays, String handlerSays) {
        WaitPlan plan = WaitPlan.choose(true, 1, 1, List.of(storm, handler), "auto", 100_000);
        assertThat(plan.lines()).contains(Map.entry("storm", stormSays), Map.entry("handler", handlerSays));

        WaitPlan inline = WaitPlan.choose(false, 1, 1, List.of("yield", storm), "auto", 100_000);
        assertThat(inline.lines().get(0)).as("there is no storm thread").isEqualTo(Map.entry("handler", stormSays));
    }
}
