package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.ResumeListener;
import dev.steward.engine.stream.Stage2Configuration;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.engine.stream.StreamTableEntry;
import dev.steward.engine.stream.StreamTableEntryLayout;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.oracle.FlatIndex;
import dev.steward.loadgen.oracle.NestedEntries;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SMMU sees of an entry, on words that the test makes up. */
class SteObserverTest {
    private static final int STREAM_ID = 3;

    private final FakeClock clock = new FakeClock(1_000, 1);
    private final Window window = new Window(0, 0, 10_000);
    private final GuestFigures guests = new GuestFigures(window, new int[] {0, 1, 0, 1}, 2);
    private final EventRecord taken = new EventRecord();
    private final long[] words = new long[StreamTableEntryLayout.STE_WORDS];
    private long word0Afterwards;
    private int reads;
    private int readsOfWord0;
    private int takes;
    private final StalledTransactions stalled = new StalledTransactions(clock, 2, ResumeListener.NONE);
    private final SteObserver view = new SteObserver(
        clock, new FlatIndex(4), this::read, entries(), guests, stalled, this::take);

    @Test
    void shouldNoteTheEntryAsTheCause() {
        entry(1);
        view.accept(event());

        assertThat(taken.cause).isEqualTo(tag(1));
        assertThat(taken.position).isEqualTo(STREAM_ID);
        assertThat(EventRecordLayout.id(taken.word0)).isEqualTo(EventId.F_TRANSLATION.code());
        assertThat(view.mixes().checks()).isEqualTo(1);
        assertThat(view.mixes().violations()).isZero();
        assertThat(guests.of(1).offered()).isEqualTo(1);
    }

    @Test
    void shouldTurnTheEventOfAnInvalidEntryIntoABadSte() {
        words[0] = SteTag.INVALID;
        view.accept(event());

        assertThat(EventRecordLayout.id(taken.word0)).isEqualTo(EventId.C_BAD_STE.code());
        assertThat(EventRecordLayout.streamId(taken.word0)).isEqualTo(STREAM_ID);
        assertThat(taken.word1 | taken.word2 | taken.word3).isZero();
        assertThat(taken.cause).isEqualTo(SteTag.INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldCatchAnEntryOfWhichOneWordIsThatOfAnother(int word) {
        entry(1);
        words[word] = word == 1 ? StreamTableEntry.abort().word(1) : nested(0).word(word);
        view.accept(event());

        assertThat(view.mixes().violations()).isEqualTo(1);
        assertThat(view.mixes().firstAtNs()).isBetween(1_000L, 1_010L);
    }

    /** The driver may set MEV and EATS before word 0, and words that the hardware does not use are no part of it. */
    @Test
    void shouldNotAccuseAnEntryForBitsThatMayChangeAtAnyMoment() {
        entry(1);
        words[1] ^= StreamTableEntryLayout.STE_1_MEV_MASK;
        words[7] = 5;
        view.accept(event());

        assertThat(view.mixes().checks()).isEqualTo(1);
        assertThat(view.mixes().violations()).isZero();
    }

    @Test
    void shouldNotAccuseAnEntryThatChangedUnderItsEyes() {
        entry(1);
        words[2] = nested(0).word(2);
        word0Afterwards = tag(0);
        view.accept(event());

        assertThat(view.mixes().checks()).isZero();
        assertThat(view.mixes().violations()).isZero();
    }

    @Test
    void shouldLeaveAloneAnEventWithoutAnEntry() {
        EventRecord event = event();
        event.word0 = EventRecordLayout.withStreamId(event.word0, 99);
        view.accept(event);

        assertThat(reads).isZero();
        assertThat(taken.position).isEqualTo(StreamIndex.ABSENT);
        assertThat(SteTag.nested(taken.cause)).isFalse();
        assertThat(taken.cause).isNotEqualTo(SteTag.INVALID);
    }

    @Test
    void shouldGiveEachStalledEventATagAndLetNoMoreInThanTheSmmuHolds() {
        entry(1);
        view.accept(stalledEvent());
        int first = EventRecordLayout.stallTag(taken.word1);
        view.accept(stalledEvent());
        assertThat(EventRecordLayout.stallTag(taken.word1)).isNotEqualTo(first);
        view.accept(stalledEvent());
        view.accept(event());

        assertThat(takes).as("the third stall is none, the event after it is").isEqualTo(3);
        assertThat(EventRecordLayout.stall(taken.word1)).isFalse();
        assertThat(stalled.refused()).isOne();
        assertThat(guests.of(1).offered()).isEqualTo(4);
        assertThat(guests.of(1).refused()).isOne();
    }

    @Test
    void shouldRefuseAStallWithoutAnEntryToo() {
        for (int i = 0; i < 3; i++) {
            EventRecord event = stalledEvent();
            event.word0 = EventRecordLayout.withStreamId(event.word0, 99);
            view.accept(event);
        }

        assertThat(takes).isEqualTo(2);
        assertThat(stalled.refused()).isOne();
    }

    @Test
    void shouldNotStallABadSte() {
        words[0] = SteTag.INVALID;
        for (int i = 0; i < 3; i++) {
            view.accept(stalledEvent());
        }

        assertThat(takes).isEqualTo(3);
        assertThat(stalled.refused()).isZero();
    }

    private void take(EventRecord event) {
        taken.copyFrom(event);
        takes++;
    }

    private static NestedEntries entries() {
        NestedEntries entries = new NestedEntries(2);
        entries.set(0, nested(0));
        entries.set(1, nested(1));
        return entries;
    }

    private static StreamTableEntry nested(int viommu) {
        return StreamTableEntry.nested(
            new Stage2Configuration(10 + viommu, 0x1000L << viommu, 1, true, false),
            SteTag.guestEntry(viommu, STREAM_ID, 7), false);
    }

    private static long tag(int viommu) {
        return nested(viommu).word(0);
    }

    private void entry(int viommu) {
        nested(viommu).copyTo(words);
        word0Afterwards = words[0];
    }

    /** Word 0 is read for the cause, before the look at the others, and after it. */
    private long read(int streamId, int word) {
        assertThat(streamId).isEqualTo(STREAM_ID);
        reads++;
        return word > 0 || ++readsOfWord0 < 3 ? words[word] : word0Afterwards;
    }

    private static EventRecord stalledEvent() {
        EventRecord event = event();
        event.word1 = EventRecordLayout.word1(
            5, true, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        return event;
    }

    private static EventRecord event() {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), STREAM_ID);
        event.word2 = 0x1000;
        event.intendedNs = 5;
        return event;
    }
}
