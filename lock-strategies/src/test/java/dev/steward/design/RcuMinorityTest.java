package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits in a design in which only some attaches do. */
class RcuMinorityTest {
    private static final int OF_THE_FEW = RcuMinorityGuard.ONE_OF - 1;
    private static final int OTHER_OF_THE_FEW = 2 * RcuMinorityGuard.ONE_OF - 1;

    /** A stream that is reported, one that is attached meanwhile, and whether that attach waits for the report. */
    @ParameterizedTest
    @CsvSource({
        OF_THE_FEW + ", " + OF_THE_FEW + ", true", OF_THE_FEW + ", " + OTHER_OF_THE_FEW + ", true",
        OF_THE_FEW + ", 1, false", "1, " + OF_THE_FEW + ", false", "1, 1, false"
    })
    void shouldWaitOnlyWhereBothAreOfTheFew(int reported, int attached, boolean waits) throws InterruptedException {
        try (StreamTable table = StreamTable.linear(8)) {
            GuardContext context = new GuardContext(table, 1, GracePeriodListener.NONE);
            AttachmentGuard guard = KernelDesign.RCU_MINORITY.create(context);
            guard.commit(reported, Attachment.of(1, 1));
            guard.commit(attached, Attachment.of(1, 1));
            AttachmentGuard.Reader reader = guard.registerReader();
            Thread attach = new Thread(() -> guard.commit(attached, Attachment.of(2, 2)));
            attach.setDaemon(true);
            reader.report(reported, (viommuId, virtualStreamId) -> {
                attach.start();
                assertThat(Waiting.waits(attach, waits)).isEqualTo(waits);
                return 0;
            });
            Waiting.awaitEnd(attach);
            int[] found = new int[1];
            reader.report(attached, (viommuId, virtualStreamId) -> found[0] = viommuId);
            assertThat(found[0]).as("published in any case").isEqualTo(2);
            assertThat(context.contention().events()).containsEntry(ContentionEvent.CONTENDED, waits ? 1L : 0L);
            reader.close();
        }
    }
}
