package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For which events a destroy waits where each holds a reference on its vIOMMU. */
class RcuReferenceTest {
    /** The vIOMMU is left, attached again, and once more, and left for good, with an event under way throughout. */
    @ParameterizedTest
    @CsvSource({"rcu-reference, false", "rcu-reference:one-lookup, false", "rcu-reference, true"})
    void shouldWaitForEventUnlessAnotherStreamHoldsItsViommu(String name, boolean held) throws InterruptedException {
        try (StreamTable table = StreamTable.linear(4);
            AttachmentGuard guard = Strategies.byName(name).orElseThrow().create(
                new GuardContext(table, 1, GracePeriodListener.NONE))) {
            guard.commit(1, Attachment.of(1, 1));
            if (held) {
                guard.commit(2, Attachment.of(1, 2));
            }
            Thread destroy = new Thread(guard::synchronize, "destroy");
            destroy.setDaemon(true);
            boolean[] waited = new boolean[1];
            try (AttachmentGuard.Reader reader = guard.registerReader()) {
                reader.report(1, (viommuId, virtualStreamId) -> {
                    guard.commit(1, Attachment.NOT_ATTACHED);
                    guard.commit(1, Attachment.of(1, 1));
                    guard.commit(1, Attachment.of(1, 1));
                    guard.commit(1, Attachment.of(2, 2));
                    destroy.start();
                    waited[0] = Waiting.waits(destroy, !held);
                    return 0;
                });
            }
            Waiting.awaitEnd(destroy);
            assertThat(waited[0]).isEqualTo(!held);
        }
    }
}
