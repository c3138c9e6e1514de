package dev.steward.loadgen.selfcheck;

import dev.steward.engine.event.InterruptLine;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.RecordHandler;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.smmu.EventThread;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.loadgen.cell.Injection;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.strategy.Strategy;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts of a cell that are wrong on purpose, but for a guard, of which {@link BrokenStrategy} has the faults. */
final class BrokenParts {
    /** Something goes wrong so often: a cell in which all goes wrong shows little. */
    private static final int EVERY = 4;

    private BrokenParts() {
    }

    /** A wake-up is lost now and then, as before a handler that does not look again before it sleeps. */
    static Injection lostWakeUps() {
        return new Injection() {
            @Override
            public InterruptLine interruptLine(InterruptLine line) {
                int[] calls = {0};
                return () -> {
                    if (++calls[0] % EVERY != 0) {
                        line.raise();
                    }
                };
            }
        };
    }

    /** The handler ends before the storm does, so that records stay in its queue. */
    static Injection endsEarly() {
        return new Injection() {
            @Override
            public InterruptLine interruptLine(InterruptLine line) {
                int[] calls = {0};
                return () -> {
                    if (++calls[0] == EVERY) {
                        ((EventThread) line).stop();
                    }
                    line.raise();
                };
            }
        };
    }

    /** A vEVENTQ takes more than its depth. */
    static Injection tooDeep() {
        return new Injection() {
            @Override
            public int veventqDepth(int asked) {
                return EVERY * asked;
            }
        };
    }

    /** A destroy says that it succeeded although the object is pinned. */
    static Injection destroysAll() {
        return new Injection() {
            @Override
            public int destroyed(int result) {
                return result == -Errno.EBUSY ? 0 : result;
            }
        };
    }

    /** A detach frees the attach handle without a wait for the handler, whatever fence was promised. */
    static Injection noFence() {
        return new Injection() {
            @Override
            public FaultFence fence(FaultFence asked) {
                return FaultFence.NONE;
            }
        };
    }

    /** A replace that finds no memory leaves its device blocked, and not with what it had. */
    static Injection losesOldAttachment() {
        return new Injection() {
            @Override
            public IommuDriver driver(IommuDriver driver) {
                return (IommuDriver) Proxy.newProxyInstance(BrokenParts.class.getClassLoader(),
                    new Class<?>[] {IommuDriver.class}, (proxy, method, arguments) -> {
                        Object result = method.invoke(driver, arguments);
                        if (Integer.valueOf(-Errno.ENOMEM).equals(result)) {
                            driver.attachBlocked((BoundDevice) arguments[0]);
                        }
                        return result;
                    });
            }
        };
    }

    /** The SMMU goes on with the stage-2 words of an entry that it had before: a CFGI_STE went missing. */
    static Injection cachedWords() {
        return new Injection() {
            @Override
            public Words words(Words words) {
                Map<Integer, Long> cache = new HashMap<>();
                int[] reads = {0};
                return (streamId, word) -> {
                    if (word != 2 && word != 3) {
                        return words.read(streamId, word);
                    }
                    int key = EVERY * streamId + word;
                    if (++reads[0] % EVERY == 0) {
                        cache.remove(key);
                    }
                    return cache.computeIfAbsent(key, any -> words.read(streamId, word));
                };
            }
        };
    }

    /** Somebody else reads a guest's vEVENTQ, too. */
    static final class SecondReader implements Injection {
        private static final RecordHandler AWAY =
            (flags, sequence, word0, word1, word2, word3, stamp0, stamp1) -> { };

        private List<SmmuSetup> setups = List.of();

        @Override
        public void built(List<SmmuSetup> all) {
            setups = all;
        }

        @Override
        public Strategy strategy(Strategy strategy) {
            return new BrokenStrategy((sink, viommu, id) -> {
                int result = sink.report(viommu, id);
                for (SmmuSetup setup : setups) {
                    for (VEventQueue queue : setup.veventqs()) {
                        queue.poll(AWAY, 1);
                    }
                }
                return result;
            });
        }
    }
}
