/**
 * The objects of iommufd with their pins, orders and error codes, and the queue that a VMM reads.
 *
 * <p>{@link dev.steward.engine.iommufd.Iommufd} opens a {@link dev.steward.engine.iommufd.Context}; the context binds
 * devices and allocates everything else. Each name pins the next one in its row, which
 * cannot be destroyed before it:
 * <pre>
 *   attached device, NestedDomain, VIommu, ParentDomain, Ioas
 *                    VDevice, VIommu          (VDevice also holds a short reference on its BoundDevice)
 *                    open file, VEventQueue, VIommu
 *   attached device, NestedDomain, FaultQueue
 *                    open file, FaultQueue
 * </pre>
 *
 * <p>Shared fields and their modes:
 * <table>
 * <caption>field, read, write, guard</caption>
 * <tr><td>users, waiters</td><td>volatile</td><td>compare-and-set</td><td>none</td></tr>
 * <tr><td>canary of a vIOMMU</td><td>volatile</td><td>volatile</td><td>none</td></tr>
 * <tr><td>list of vEVENTQs</td><td>plain</td><td>plain</td><td>StampedLock of the vIOMMU</td></tr>
 * <tr><td>vDEVICE map</td><td>plain</td><td>plain</td><td>vdevs spinlock of the vIOMMU</td></tr>
 * <tr><td>deliver list of a vEVENTQ</td><td>plain</td><td>plain</td><td>spinlock of the queue</td></tr>
 * <tr><td>counters of a vEVENTQ</td><td>acquire</td><td>release</td><td>writers: spinlock of the queue</td></tr>
 * <tr><td>attach handle</td><td>acquire</td><td>release</td><td>writers: lock of the group</td></tr>
 * <tr><td>unread faults</td><td>plain</td><td>plain</td><td>spinlock of the fault queue</td></tr>
 * <tr><td>unanswered faults</td><td>plain</td><td>plain</td><td>mutex of the fault queue</td></tr>
 * <tr><td>vIOMMU by id</td><td>acquire</td><td>release</td><td>writers: monitor of the table</td></tr>
 * </table>
 *
 * <p>Lock order: group lock, then ({@code vdevs} lock, object table, or mutex of a fault queue, the
 * fault_param mutex of a device, and the spinlock of the fault queue); {@code veventqs} lock, then (object table or
 * queue spinlock, under which the poller is woken). The driver operations run under the group lock; a report takes the
 * {@code veventqs} lock, or fault_param, under the lock of the strategy.
 *
 * <p>A stalled fault finds its queue through {@link dev.steward.engine.iommufd.DeviceGroup#handle()} and
 * {@link dev.steward.engine.iommufd.AttachHandle#domain()}, without a pin. When a handle is freed, what came
 * through it is answered; whether the driver first waits for those inside is for
 * {@link dev.steward.engine.iommufd.IommuDriver#drainFaults()} to say: without a fence it does not.
 */
package dev.steward.engine.iommufd;
