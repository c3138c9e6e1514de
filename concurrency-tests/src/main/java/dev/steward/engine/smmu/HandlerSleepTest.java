package dev.steward.engine.smmu;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.InterruptLine;
import dev.steward.engine.stream.Waiting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * No wake-up is lost: a handler takes the record that is there and goes to sleep while another is written. It takes
 * that one, too, or is called. The thread of the engine up to where it would park; in its package, as that is not
 * public. Needs no strategy.
 */
public final class HandlerSleepTest {
    private static final int LOG2_SIZE = 1;

    private HandlerSleepTest() {
    }

    /** A queue with one record that came without a call of the handler. */
    abstract static class Sides {
        final EventQueue queue = new EventQueue(LOG2_SIZE, 0);
        private final EventRecord written = new EventRecord();
        private final EventRecord taken = new EventRecord();

        Sides() {
            queue.produce(written);
        }

        final void drain() {
            while (queue.consume(taken)) {
                Thread.onSpinWait();
            }
        }

        final void produce() {
            queue.produce(written);
        }
    }

    /** The handler of the engine. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "It sleeps beside an empty queue, or was called.")
    @Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "It sleeps beside a record, and nothing will wake it.")
    @State
    public static class OfTheEngine extends Sides {
        private final EventThread thread = new EventThread(queue, () -> {
            throw new IllegalStateException("no record is handled here");
        }, Waiting.PARK, 0);

        /** The handler. */
        @Actor
        public void sleep() {
            do {
                drain();
            } while (!thread.preparesToSleep());
        }

        /** The SMMU. */
        @Actor
        public void write() {
            produce();
        }

        /** After both. */
        @Arbiter
        public void judge(I_Result r) {
            r.r1 = thread.isForgotten() ? 1 : 0;
        }
    }

    /** Negative control: does not look again once it can be called. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "It sleeps beside an empty queue, or was called.")
    @Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "It sleeps beside a record: why there is a last look.")
    @State
    public static class WithoutLastLook extends Wrong {
        /** The handler. */
        @Actor
        public void sleep() {
            drain();
            canBeCalled = true;
        }

        /** The SMMU. */
        @Actor
        public void write() {
            produce();
        }

        /** After both. */
        @Arbiter
        public void judge(I_Result r) {
            r.r1 = isForgotten() ? 1 : 0;
        }
    }

    /** Negative control: looks again, with nothing that keeps the look behind the store. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "It sleeps beside an empty queue, or was called.")
    @Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "It sleeps beside a record: why there is a fence.")
    @State
    public static class WithoutFence extends Wrong {
        /** The handler. */
        @Actor
        public void sleep() {
            do {
                canBeCalled = false;
                drain();
                canBeCalled = true;
            } while (queue.position() != queue.consumed());
        }

        /** The SMMU. */
        @Actor
        public void write() {
            produce();
        }

        /** After both. */
        @Arbiter
        public void judge(I_Result r) {
            r.r1 = isForgotten() ? 1 : 0;
        }
    }

    /** The line of a handler that is wrong. */
    abstract static class Wrong extends Sides implements InterruptLine {
        boolean canBeCalled;
        private boolean called;

        Wrong() {
            queue.interruptLine(this);
        }

        @Override
        public void raise() {
            called |= canBeCalled;
        }

        final boolean isForgotten() {
            return !called && queue.position() != queue.consumed();
        }
    }
}
