package dev.steward.strategy;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader announces and then looks at what is published; a writer publishes and then looks at the announcements: at
 * least one sees the other (Dekker). In this package, as the slots are not public. Needs no strategy.
 */
public final class AnnouncementTest {
    private static final long INSIDE = 1;

    private AnnouncementTest() {
    }

    /** What both sides touch. */
    abstract static class Sides {
        final ReaderSlots slots = new ReaderSlots(1);
        final PaddedLong published = new PaddedLong();

        final int lookAtPublished() {
            return (int) published.getOpaque();
        }

        final int lookAtSlot() {
            return (int) slots.loadVolatile(0);
        }
    }

    /** The fence that epochs, left-right and the others announce with. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: a writer frees what a reader uses.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "At least one saw the other.")
    @State
    public static class Fenced extends Sides {
        /** The reader. */
        @Actor
        public void announce(II_Result r) {
            slots.announceFenced(0, INSIDE);
            r.r1 = lookAtPublished();
        }

        /** The writer. */
        @Actor
        public void publish(II_Result r) {
            published.setRelease(1);
            VarHandle.fullFence();
            r.r2 = lookAtSlot();
        }
    }

    /** The fence whose price the writer pays. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: a writer frees what a reader uses.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "At least one saw the other.")
    @State
    public static class Asymmetric extends Sides {
        /** The reader. */
        @Actor
        public void announce(II_Result r) {
            slots.announceRelease(0, INSIDE);
            AsymmetricFence.light();
            r.r1 = lookAtPublished();
        }

        /** The writer. */
        @Actor
        public void publish(II_Result r) {
            published.setRelease(1);
            AsymmetricFence.heavy();
            r.r2 = lookAtSlot();
        }
    }

    /** Negative control: a release store alone. x86 and Arm both let the load overtake it; the test must see that. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Neither saw the other: why there is a fence.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "At least one saw the other.")
    @State
    public static class Unfenced extends Sides {
        /** The reader. */
        @Actor
        public void announce(II_Result r) {
            slots.announceRelease(0, INSIDE);
            r.r1 = lookAtPublished();
        }

        /** The writer. */
        @Actor
        public void publish(II_Result r) {
            published.setRelease(1);
            r.r2 = lookAtSlot();
        }
    }
}
