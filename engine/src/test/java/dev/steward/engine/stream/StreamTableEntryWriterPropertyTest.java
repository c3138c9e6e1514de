package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the pair of legal entries: the target is reached, and the hardware never saw a mix (the probe checks). */
final class StreamTableEntryWriterPropertyTest {
    private static final int PAIRS = 20_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowTheHardwareNothingButOldTargetOrInvalid(boolean mevIsSafe) {
        Random random = new Random(20_250_317L);
        Map<UpdateKind, Integer> seen = new EnumMap<>(UpdateKind.class);
        StreamTableEntry old = StreamTableEntry.abort();
        for (int i = 0; i < PAIRS; i++) {
            StreamTableEntry target = Entries.random(random);
            UpdateProbe probe = new UpdateProbe(old, target, mevIsSafe);
            assertThat(probe.syncs()).isBetween(old.equals(target) ? 0 : 1, old.equals(target) ? 0 : 3);
            seen.merge(probe.kind(), 1, Integer::sum);
            old = target;
        }
        assertThat(seen).as("the pairs reach every kind").containsOnlyKeys(UpdateKind.values());
        assertThat(seen.get(UpdateKind.HITLESS)).isGreaterThan(PAIRS / 10);
        assertThat(seen.get(UpdateKind.DISRUPTIVE)).isGreaterThan(PAIRS / 10);
    }
}
