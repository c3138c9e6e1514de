package dev.steward.engine.event;

/** Records for tests. */
final class Events {
    static final long STALL = 1L << 31;

    private Events() {
    }

    static EventRecord plain(long serial) {
        EventRecord record = new EventRecord();
        record.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), 0x100);
        record.word2 = ~serial;
        record.serial = serial;
        return record;
    }

    static EventRecord stalled(long serial) {
        EventRecord record = plain(serial);
        record.word1 = STALL;
        return record;
    }
}
