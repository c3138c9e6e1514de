package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.stream.Waiting;
import java.util.EnumSet;
import java.util.List;

/** How the waiters of a lock wait, and where they count what they did: on their slow way only, once for each wait. */
final class LockWaits {
    private final Waiting waiting;
    private final ContentionCounters counters;
    /** Whether they wait in the queue of another lock, which counts that it was contended. */
    private final boolean queued;

    LockWaits(Waiting waiting, ContentionCounters counters) {
        this(waiting, counters, false);
    }

    private LockWaits(Waiting waiting, ContentionCounters counters, boolean queued) {
        this.waiting = waiting;
        this.counters = counters;
        this.queued = queued;
    }

    /** With counters that nobody reads, for tests. */
    static LockWaits uncounted(Waiting waiting) {
        return new LockWaits(waiting, new ContentionCounters());
    }

    Waiting waiting() {
        return waiting;
    }

    /** The same for a lock that the waiters of this one queue up with. */
    LockWaits ofQueue() {
        return new LockWaits(waiting, counters, true);
    }

    /** Says what is counted: all that any such lock does, and what else the lock at hand does. */
    LockWaits showing(ContentionEvent... more) {
        EnumSet<ContentionEvent> events = EnumSet.of(ContentionEvent.CONTENDED, ContentionEvent.SPIN,
            ContentionEvent.YIELD, ContentionEvent.SLEEP);
        if (waiting.parks()) {
            events.add(ContentionEvent.WAKE_UP);
        }
        events.addAll(List.of(more));
        counters.show(events);
        return this;
    }

    /** Somebody did not get the lock at once. */
    void contended() {
        if (!queued) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
    }

    /** Waits a little, or until woken. */
    void pause(int round) {
        waiting.pause(round, this);
    }

    /** So many rounds of {@link #pause} are over. */
    void paused(int rounds) {
        counters.add(ContentionEvent.SPIN, waiting.spinsOf(rounds));
        counters.add(ContentionEvent.YIELD, waiting.yieldsOf(rounds));
        counters.add(ContentionEvent.SLEEP, waiting.sleepsOf(rounds));
    }

    /** The same for one who has looked for as long as he may, and so sleeps at once if he sleeps at all. */
    void pauseQueued(int round) {
        waiting.pause(waiting.parks() ? Waiting.LOOKS : round, this);
    }

    /** So many rounds of {@link #pauseQueued} are over. */
    void pausedQueued(int rounds) {
        if (waiting.parks()) {
            counters.add(ContentionEvent.SLEEP, rounds);
        } else {
            paused(rounds);
        }
    }

    /** Somebody looked so often, beside those rounds. */
    void spun(int looks) {
        counters.add(ContentionEvent.SPIN, looks);
    }

    void stole() {
        counters.add(ContentionEvent.STEAL, 1);
    }

    void handedOff() {
        counters.add(ContentionEvent.HAND_OFF, 1);
    }

    /** Lets a thread go on that may sleep. */
    void wake(Thread waiter) {
        if (waiting.parks()) {
            waiting.wake(waiter);
            counters.add(ContentionEvent.WAKE_UP, 1);
        }
    }
}
