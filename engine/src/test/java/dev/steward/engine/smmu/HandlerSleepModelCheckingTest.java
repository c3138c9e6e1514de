package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.Explorer;
import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.InterruptLine;
import dev.steward.engine.stream.Waiting;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How the handler goes to sleep while records are written, under the interleavings of the model checker: up to where it
 * would park, since a thread that hangs in a park is not found. Missing fences are for jcstress.
 */
@Tag("slow")
public class HandlerSleepModelCheckingTest {
    private static final List<List<String>> HANDLER_AND_PRODUCER =
        List.of(List.of("sleep"), List.of("produce", "produce"));

    @Test
    void shouldSleepThroughNoRecord() {
        Explorer.explore(OfTheEngine.class, Model.class, HANDLER_AND_PRODUCER, List.of("isForgotten"));
    }

    @Test
    void shouldFindHandlerThatDoesNotLookAgain() {
        assertThatThrownBy(() -> Explorer.explore(
            WithoutLastLook.class, Model.class, HANDLER_AND_PRODUCER, List.of("isForgotten")))
            .isInstanceOf(AssertionError.class).hasMessageContaining("Invalid execution results");
    }

    /** A queue beside its handler. */
    public abstract static class Sides {
        final EventQueue queue = new EventQueue(2, 0);
        private final EventRecord taken = new EventRecord();

        final void drain() {
            while (queue.consume(taken)) {
                Thread.onSpinWait();
            }
        }

        @Operation
        public void produce() {
            queue.produce(new EventRecord());
        }
    }

    /** The thread of the engine. */
    public static class OfTheEngine extends Sides {
        private final EventThread thread = new EventThread(queue, () -> {
            throw new IllegalStateException("no record is handled here");
        }, Waiting.PARK, 0);

        @Operation
        public void sleep() {
            do {
                drain();
            } while (!thread.preparesToSleep());
        }

        /** Whether it sleeps beside a record and was not called. */
        @Operation
        public boolean isForgotten() {
            return thread.isForgotten();
        }
    }

    /** Lies down without a last look. */
    public static final class WithoutLastLook extends Sides implements InterruptLine {
        private volatile boolean asleep;
        private volatile boolean called;

        public WithoutLastLook() {
            queue.interruptLine(this);
        }

        @Override
        public void raise() {
            called |= asleep;
        }

        @Operation
        public void sleep() {
            drain();
            asleep = true;
        }

        @Operation
        public boolean isForgotten() {
            return !called && queue.position() != queue.consumed();
        }
    }

    /** Nothing is forgotten. */
    public static class Model {
        public void sleep() {
            // one after the other, it sleeps beside an empty queue or is called
        }

        public void produce() {
            // as above
        }

        public boolean isForgotten() {
            return false;
        }
    }
}
