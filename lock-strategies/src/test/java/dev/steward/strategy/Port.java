package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamTable;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StringGen;

/**
 * The port of a guard as the model checker drives it: one reader, two streams, a vIOMMU for each attach, which its
 * caller drops as soon as it may. What an operation answers is a function of the attaches before it, as {@link Model}
 * gives it; a torn record or a report to a dropped vIOMMU is an answer that the model never gives.
 */
public class Port {
    private static Function<GuardContext, AttachmentGuard> next;
    private static boolean nextDrops;

    private static final int STREAMS = 2;
    private static final int MAX_VIOMMUS = 16;
    private static final int TORN = -1;
    private static final int DROPPED = -2;

    private final boolean[] dropped = new boolean[MAX_VIOMMUS];
    private final int[] current = new int[STREAMS];
    private final int[] attaches = new int[STREAMS];
    private final boolean drops;
    private final AttachmentGuard guard;
    private final AttachmentGuard.Reader reader;

    /** Called by the model checker, for each interleaving. */
    public Port() {
        drops = nextDrops;
        guard = next.apply(new GuardContext(StreamTable.linear(1), 1, GracePeriodListener.NONE));
        reader = guard.registerReader();
        for (int stream = 0; stream < STREAMS; stream++) {
            guard.commit(stream, Attachment.NOT_ATTACHED);
        }
    }

    /** What the ports that are made from now on stand for. */
    static void next(Function<GuardContext, AttachmentGuard> guard, boolean drops) {
        next = guard;
        nextDrops = drops;
    }

    /** Does nothing; says in the scenario which guard it is. */
    @Operation
    public void guard(@Param(gen = StringGen.class) String name) {
        // the name is for who reads a failure
    }

    /** The vIOMMU that an event would go to, 0 for none. */
    @Operation
    public int translate(@Param(gen = IntGen.class) int stream) {
        long seen = reader.translate(stream);
        if (Attachment.isAttached(seen)) {
            return checked(stream, Attachment.viommuId(seen), Attachment.virtualStreamId(seen));
        }
        return seen == Attachment.NOT_ATTACHED ? 0 : TORN;
    }

    /** The vIOMMU that an event went to, 0 for none. */
    @Operation
    public int report(@Param(gen = IntGen.class) int stream) {
        int result = reader.report(stream, (viommuId, virtualStreamId) -> {
            boolean droppedBefore = dropped[viommuId];
            int checked = checked(stream, viommuId, virtualStreamId);
            // The second look is a step of its own, so that a drop can come between.
            return droppedBefore || dropped[viommuId] ? DROPPED : checked;
        });
        return result == ReportSink.NOT_ATTACHED || result == ReportSink.NO_VDEVICE ? 0 : result;
    }

    private static int checked(int stream, int viommuId, int virtualStreamId) {
        return virtualStreamId == virtualStreamId(viommuId) && viommuId % STREAMS == stream ? viommuId : TORN;
    }

    private static int virtualStreamId(int viommuId) {
        return ~viommuId;
    }

    static int viommuId(int stream, int attach) {
        return STREAMS * attach + stream;
    }

    /** Ends a batch. */
    @Operation
    public void quiesce() {
        reader.quiesce();
    }

    /** Attaches a stream to a new vIOMMU and drops its old one. */
    @Operation
    public void attach(@Param(gen = IntGen.class) int stream) {
        int viommuId = viommuId(stream, ++attaches[stream]);
        long attachment = Attachment.of(viommuId, virtualStreamId(viommuId));
        guard.vdeviceSet(stream, attachment);
        commit(stream, attachment, viommuId);
    }

    /** Detaches a stream and drops its vIOMMU. */
    @Operation
    public void detach(@Param(gen = IntGen.class) int stream) {
        commit(stream, Attachment.NOT_ATTACHED, 0);
    }

    private void commit(int stream, long attachment, int viommuId) {
        guard.commit(stream, attachment);
        guard.synchronize();
        if (drops) {
            dropped[current[stream]] = true;
        }
        current[stream] = viommuId;
    }

    /** The sequential model. */
    public static class Model {
        private final int[] current = new int[STREAMS];
        private final int[] attaches = new int[STREAMS];

        /** Says which guard it is. */
        public void guard(String name) {
            // all are alike
        }

        /** What the last attach or detach made of the stream. */
        public int translate(int stream) {
            return current[stream];
        }

        /** The same. */
        public int report(int stream) {
            return current[stream];
        }

        /** Changes no answer. */
        public void quiesce() {
            // a promise to others
        }

        /** To the next vIOMMU. */
        public void attach(int stream) {
            current[stream] = viommuId(stream, ++attaches[stream]);
        }

        /** To none. */
        public void detach(int stream) {
            current[stream] = 0;
        }
    }
}
