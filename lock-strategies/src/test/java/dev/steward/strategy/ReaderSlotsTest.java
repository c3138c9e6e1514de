package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.engine.stream.OffHeap;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

class ReaderSlotsTest {
    private static final int SLOTS = 5;
    private static final int CACHE_LINE_PAIR = 128;

    private final ReaderSlots slots = new ReaderSlots(SLOTS);

    @Test
    void shouldKeepSlotsOnePairOfCacheLinesApart() {
        assertThat(OffHeap.PADDED_LENGTH).isEqualTo(CACHE_LINE_PAIR);
        assertThat(slots.lengthBytes()).isEqualTo((SLOTS + 2L) * CACHE_LINE_PAIR);
        Set<Integer> claimed = new HashSet<>();
        for (int i = 0; i < SLOTS; i++) {
            int slot = slots.claim();
            claimed.add(slot);
            slots.announceFenced(slot, 100 + slot);
            slots.ownWordPlain(slot, 200 + slot);
        }
        assertThat(claimed).hasSize(SLOTS);
        for (int slot : claimed) {
            assertThat(slots.loadVolatile(slot)).isEqualTo(100 + slot);
            assertThat(slots.ownWordPlain(slot)).isEqualTo(200 + slot);
        }
    }

    /** The words lie in an array of their own; on the lines of this object nothing may change per event. */
    @Test
    void shouldHaveNoPrimitiveFieldBesideTheWords() {
        assertThat(ClassLayout.parseInstance(slots).fields()).isNotEmpty()
            .extracting(FieldLayout::typeClass)
            .doesNotContain("boolean", "byte", "short", "char", "int", "float", "long", "double");
    }

    @Test
    void shouldRefuseClaimWhenAllAreTakenAndHandOutReleasedOneIdle() {
        for (int i = 0; i < SLOTS; i++) {
            slots.claim();
        }
        assertThatIllegalStateException().isThrownBy(slots::claim).withMessage("all 5 reader slots are taken");
        slots.announceFenced(3, 7);
        slots.ownWordPlain(3, 9);
        slots.release(3);
        assertThat(slots.claim()).isEqualTo(3);
        assertThat(slots.loadVolatile(3)).isEqualTo(ReaderSlots.IDLE);
        assertThat(slots.ownWordPlain(3)).as("outlives the registration").isEqualTo(9);
        assertThat(slots.count()).isEqualTo(SLOTS);
    }
}
