package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the waits of writers. */
final class CountedWaits implements GracePeriodListener {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public void onGracePeriodBegin() {
        begun.incrementAndGet();
    }

    @Override
    public void onGracePeriodEnd() {
        ended.incrementAndGet();
    }
}
