package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.engine.stream.StreamTable;

/**
 * Where the engine below a cell can be broken on purpose, so that the self-test can see whether an oracle would notice.
 * Each gives back what it was given unless something is to be wrong, and none is asked on the measured path, but for
 * the words of an entry.
 */
public interface EngineSeams {
    /** Nothing is wrong. */
    EngineSeams NONE = new EngineSeams() {
    };

    /** One word of a stream table entry, with acquire semantics. */
    @FunctionalInterface
    interface Words {
        long read(int streamId, int word);
    }

    /** The table that the driver writes and the SMMU reads. */
    default StreamTable streamTable(StreamTable table) {
        return table;
    }

    /** The driver that devices are bound with. */
    default IommuDriver driver(IommuDriver driver) {
        return driver;
    }

    /** How the SMMU reads the entries. */
    default Words words(Words words) {
        return words;
    }

    /** How deep a vEVENTQ is made for which this depth was asked. */
    default int veventqDepth(int asked) {
        return asked;
    }

    /** What a guest hears when the destroy of its vIOMMU has this result. */
    default int destroyed(int result) {
        return result;
    }

    /** What a detach does for which this fence was asked. */
    default FaultFence fence(FaultFence asked) {
        return asked;
    }
}
