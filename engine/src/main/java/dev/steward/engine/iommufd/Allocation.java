package dev.steward.engine.iommufd;

/** What a step asks memory for, where it can fail (docs/domain.md, 1.3, 3.5, 4.4, 5.3). */
public enum Allocation {
    /**
     * The node of an event (GFP_ATOMIC): under the spinlock of the vEVENTQ or before it, by
     * {@link KernelVersion#allocatesUnderVeventqLock()}. Without it the event is lost, and the report answers -ENOMEM.
     */
    EVENT,
    /** The group of a stalled fault (GFP_KERNEL): by the reporter, under the guard alone. Else no queue takes it. */
    FAULT,
    /** The attach handle of a first attach, then what the driver keeps of it. Else -ENOMEM, and nothing has changed. */
    ATTACH,
    /** The same of a replace. */
    REPLACE,
    /** A vDEVICE. Else -ENOMEM. */
    VDEVICE,
    /** Any other object of iommufd. Else -ENOMEM. */
    OBJECT
}
