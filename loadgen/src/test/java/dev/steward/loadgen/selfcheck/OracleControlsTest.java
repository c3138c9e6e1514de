package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No oracle without something wrong that it sees in a whole cell, and soon. */
class OracleControlsTest {
    private static final int SLOWER = 12;

    @Test
    void shouldHaveOneControlOfEachOracle() {
        assertThat(OracleControl.all()).extracting(OracleControl::oracle).containsExactly(Oracle.values());
    }

    /** By a slow clock: on a busy machine the threads of a cell may wait for a CPU for most of its time. */
    @ParameterizedTest
    @EnumSource(Oracle.class)
    void shouldBeFoundWithinTheLimit(Oracle oracle) {
        OracleControl control = OracleControl.all().get(oracle.ordinal());
        OptionalLong tookNs = control.foundAfterNs(() -> Clock.SYSTEM.nowNs() / SLOWER, Clock.SYSTEM);
        System.out.printf("%s: %s: %s ms%n", oracle.label(), control.what(),
            tookNs.isPresent() ? SLOWER * tookNs.getAsLong() / 1_000_000 : "not found");

        assertThat(tookNs).isPresent();
    }

    /** The same cells with nothing wrong: what a control shows is the fault, and not the way it is run. */
    @ParameterizedTest
    @EnumSource(Oracle.class)
    void shouldAccuseNobodyWithoutTheFault(Oracle oracle) {
        OracleControl sound = OracleControl.all().get(oracle.ordinal()).sound();

        assertThat(sound.violated(Clock.SYSTEM, 0)).isEmpty();
    }

    /** The table of the self-test prints as it goes: its columns cannot wait for the longest name. */
    @Test
    void shouldFitIntoTheColumnOfTheSelfTest() {
        assertThat(OracleControl.all())
            .allMatch(control -> (control.oracle().label() + ": " + control.what()).length() <= 39);
    }

    @Test
    void shouldSayOfABlindOracleThatItIs() {
        OracleControl blind = new OracleControl(
            Oracle.TORN_SNAPSHOT, "nothing", List.of("churn.rate=200/s"), false, OracleControl.NOTHING);
        long[] nowNs = {0};
        // Time that flies: each look is two seconds later, but for the cell, which has its own.
        assertThat(blind.foundAfterNs(() -> nowNs[0] += 3_000_000_000L, Clock.SYSTEM)).isEmpty();
    }
}
