package dev.steward.loadgen.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.CellRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The golden lines were printed by the JVMs that they name. */
class JvmLogTest {
    private static final String JDK_17 = """
        [21506268212531ns] Safepoint "GenCollectFull", Time since last: 60284281 ns, Reaching safepoint: 3896 ns, \
        Cleanup: 35563 ns, At safepoint: 6209483 ns, Total: 6248942 ns
        [21506349212451ns] Safepoint "ThreadDump", Time since last: 908169 ns, Reaching safepoint: 1302 ns, \
        Cleanup: 1392 ns, At safepoint: 30004 ns, Total: 32698 ns
        """;
    private static final String JDK_25 = """
        [21508299398458ns] Safepoint "SerialGCCollect", Time since last: 39323197 ns, Reaching safepoint: 3395 ns, \
        At safepoint: 2786499 ns, Leaving safepoint: 1402 ns, Total: 2791296 ns, Threads: 0 runnable, 10 total
        [21508378442973ns] Safepoint "SerialCollectForAllocation", Time since last: 5620378 ns, Reaching safepoint: \
        3956 ns, At safepoint: 338032 ns, Leaving safepoint: 19699 ns, Total: 361687 ns, Threads: 1 runnable, 10 total
        """;

    @Test
    void shouldReadTheLinesOfJdk17() {
        assertThat(JvmLog.pauses(JDK_17)).hasValueSatisfying(pauses -> {
            assertThat(pauses.lengthNs()).isEqualTo(6_248_942 + 32_698);
            assertThat(pauses.overlapNs(Spans.of(21_506_268_212_530L, 21_506_268_212_540L))).isEqualTo(1);
        });
    }

    @Test
    void shouldReadTheLinesOfJdk25() {
        assertThat(JvmLog.pauses(JDK_25)).hasValueSatisfying(pauses -> {
            assertThat(pauses.lengthNs()).isEqualTo(2_791_296 + 361_687);
            assertThat(pauses.overlapNs(Spans.of(0, 21_508_300_000_000L))).isEqualTo(2_791_296);
        });
    }

    @Test
    void shouldCountCollectionsAndWhatWasOptimizedInTheWindow() {
        String compiled = "[21508299398400ns]    7       4       dev.steward.engine.smmu.Smmu::attach (60 bytes)\n";
        String all = JDK_17 + compiled + JDK_25;

        assertThat(JvmLog.activity(all, 0, Long.MAX_VALUE)).contains(new CellRecord.JvmActivity(1, 3));
        assertThat(JvmLog.activity(all, 21_508_299_398_401L, 21_508_299_500_000L)).as("the end of the second one is "
            + "before it").contains(new CellRecord.JvmActivity(0, 1));
        assertThat(JvmLog.activity(all, 21_508_300_000_000L, 21_508_300_000_001L))
            .contains(new CellRecord.JvmActivity(0, 0));
        assertThat(JvmLog.activity("[5ns] Safepoint \"SerialCollect\", lasted 3 us\n", 0, 9)).isEmpty();
    }

    @Test
    void shouldNotLookAtALineThatIsStillBeingWritten() {
        assertThat(JvmLog.pauses(JDK_25.substring(0, JDK_25.length() - 60))).hasValueSatisfying(
            pauses -> assertThat(pauses.lengthNs()).isEqualTo(2_791_296));
        assertThat(JvmLog.pauses("[12ns] Safe")).hasValueSatisfying(
            pauses -> assertThat(pauses.lengthNs()).isZero());
    }

    @Test
    void shouldKnowNothingRatherThanMissAPauseInAnotherForm() {
        assertThat(JvmLog.pauses(JDK_17 + "[5ns] Safepoint \"Cleanup\", lasted 3 us\n")).isEmpty();
        assertThat(JvmLog.pauses(JDK_17 + "[5ns] something else\n")).isPresent();
    }

    @Test
    void shouldKnowNothingWithoutALog() {
        assertThat(JvmLog.pauses()).as("this JVM makes none").isEmpty();
    }

    @Test
    void shouldNotGiveTheJvmANameThatItWouldReadAsSomethingElse() {
        assertThat(JvmLog.flags(Path.of("a:b,c d"))).containsExactly(
            "-Xlog:safepoint,jit+compilation=debug:file=\"a:b,c d\":timenanos:filecount=0", "-Dsteward.jvmLog=a:b,c d");
        assertThat(JvmLog.flags(Path.of("50%p"))).isEmpty();
        assertThat(JvmLog.flags(Path.of("a\"b"))).isEmpty();
    }
}
