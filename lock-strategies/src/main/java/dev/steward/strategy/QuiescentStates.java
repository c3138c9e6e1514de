package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;

/**
 * Grace periods by quiescent states (QSBR: McKenney and Slingwine 1998; Desnoyers et al. 2012): a reader does nothing
 * per section. It comes on-line with its first section, announcing the epoch as {@link EpochDomain} does, and goes
 * off-line when its batch ends. A grace period ends when every reader has been off-line once, or came on-line after it
 * began.
 *
 * <p>So nothing is written for an event, two words for a batch; a reader that never ends its batch holds up every grace
 * period. Whether it is on-line a reader knows from its own slot, by a plain load.
 */
final class QuiescentStates extends EpochGracePeriods {
    QuiescentStates(int maxReaders, GracePeriodInput input) {
        super(maxReaders, input);
    }

    @Override
    Section section(int slot) {
        return new EpochSection(this, slot) {
            @Override
            public void enter() {
                if (announcedPlain() == ReaderSlots.IDLE) {
                    announce();
                }
            }

            @Override
            public void exit() {
                // on-line until the batch ends
            }

            @Override
            public void quiesce() {
                clearRelease();
            }
        };
    }
}
