package dev.steward.engine.iommufd;

/**
 * An event as a driver hands it to a vEVENTQ: the data of its type, and beside it what a measurement must know of it.
 *
 * <p>A mutable slot, made once and filled again and again, in the place of the structure that a driver has on its
 * stack. For one thread at a time; a report copies it.
 */
public final class VEvent {
    /** First data word; the virtual StreamID is already in it. */
    public long word0;
    /** Second data word. */
    public long word1;
    /** Third data word, not part of a record of {@link VEventLayout#TYPE_TEGRA241_CMDQV}. */
    public long word2;
    /** Fourth data word, as the third. */
    public long word3;
    /** Sideband of the measurement, opaque; not seen by {@code read}. */
    public long stamp0;
    /** As the first stamp. */
    public long stamp1;
    /** Told when the poller is woken for this event; under the spinlock of the queue. */
    public WakeListener wakeListener = WakeListener.NONE;

    /** Watches the wake-up for one event, on the reporting thread. */
    public interface WakeListener {
        /** Does not care. */
        WakeListener NONE = new WakeListener() {
        };

        /** The wake-up begins. */
        default void waking() {
        }

        /** The wake-up is done. */
        default void woken() {
        }
    }
}
