package dev.steward.loadgen.oracle;

import dev.steward.engine.stream.StreamIndex;

/** A table in which stream n has StreamID n and stands at position n. */
public record FlatIndex(int capacity) implements StreamIndex {
    @Override
    public int indexOf(int streamId) {
        return streamId < capacity ? streamId : ABSENT;
    }
}
