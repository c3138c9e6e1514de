package dev.steward.loadgen.oracle;

import dev.steward.engine.iommufd.AttachHandle;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.StreamTableEntryLayout;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import java.util.Arrays;

/**
 * Whether an operation that failed has left alone what a device had: the entries of its streams, what was committed to
 * the guard, the attach handle, the pins of the domains. That events still go by it is for the oracles of the event
 * side, since the device keeps the attachment until its next operation.
 *
 * <p>Threading: the attach thread of the device.
 */
public final class KeptAttachment {
    private static final int WORDS = StreamTableEntryLayout.STE_WORDS;

    private final Clock clock;
    private final StreamTable table;
    private final AttachState attachState;
    private final OracleCount kept = new OracleCount(Oracle.KEPT_ATTACHMENT);

    public KeptAttachment(Clock clock, StreamTable table, AttachState attachState) {
        this.clock = clock;
        this.table = table;
        this.attachState = attachState;
    }

    /**
     * What a device has.
     *
     * @param handle null if nothing is attached.
     * @param words  of each stream: its entry, and what the attach side last said of it.
     * @param users  of the domains that take part.
     */
    public record Look(AttachHandle handle, long[] words, int[] users) {
        private boolean same(Look other) {
            return handle == other.handle && Arrays.equals(words, other.words) && Arrays.equals(users, other.users);
        }
    }

    /** Looks at a device. */
    public Look look(BoundDevice device, NestedDomain... domains) {
        int[] streamIds = device.streamIds();
        long[] words = new long[streamIds.length * (WORDS + 1)];
        int at = 0;
        for (int streamId : streamIds) {
            for (int word = 0; word < WORDS; word++) {
                words[at++] = table.readWordAcquire(streamId, word);
            }
            words[at++] = attachState.look(table.indexOf(streamId));
        }
        return new Look(device.group().handle(), words, Arrays.stream(domains).mapToInt(NestedDomain::users).toArray());
    }

    /** Holds a second look against the first, after an operation that has failed. */
    public void check(Look before, Look after) {
        kept.checked();
        if (!before.same(after)) {
            kept.violated(clock.nowNs());
        }
    }

    public OracleCount count() {
        return kept;
    }
}
