package dev.steward.engine.iommufd;

import static dev.steward.engine.iommufd.Machine.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LifetimeTest {
    private final Machine machine = new Machine();
    private final Context context = machine.context;

    @Test
    void shouldPinEachLinkOfTheChainUntilTheOneBeforeIsGone() {
        NestedDomain nested = machine.nested();
        assertThat(context.destroy(machine.ioas.id())).isEqualTo(-Errno.EBUSY);
        assertThat(context.destroy(machine.parent.id())).isEqualTo(-Errno.EBUSY);
        assertThat(context.destroy(machine.viommu.id())).isEqualTo(-Errno.EBUSY);

        assertThat(context.destroy(nested.id())).isZero();
        assertThat(context.destroy(machine.viommu.id())).isZero();
        assertThat(context.destroy(machine.parent.id())).isZero();
        assertThat(context.destroy(machine.ioas.id())).isZero();
        assertThat(machine.viommu.destroyed()).isTrue();
        assertThat(machine.viommu.users()).isZero();
        assertThat(machine.viommu.waiters()).isZero();
    }

    @Test
    void shouldCountOneUserOfViommuForEachObjectOnIt() {
        assertThat(machine.viommu.users()).isEqualTo(1);
        context.allocateVdevice(machine.viommu.id(), machine.device.id(), 9);
        assertThat(machine.viommu.users()).isEqualTo(2);
        NestedDomain nested = machine.nested();
        assertThat(machine.viommu.users()).isEqualTo(3);
        VEventQueue queue = machine.veventq(1);
        assertThat(machine.viommu.users()).isEqualTo(4);
        assertThat(context.destroy(machine.viommu.id())).isEqualTo(-Errno.EBUSY);

        queue.close();
        context.destroy(queue.id());
        context.destroy(nested.id());
        assertThat(machine.viommu.users()).isEqualTo(2);
    }

    @Test
    void shouldAnswerNoEntryWhenIdIsUnknownOrDestroyed() {
        NestedDomain nested = machine.nested();
        assertThat(context.destroy(nested.id() + 1)).isEqualTo(-Errno.ENOENT);
        assertThat(context.destroy(nested.id())).isZero();
        assertThat(context.destroy(nested.id())).isEqualTo(-Errno.ENOENT);
        assertThat(nested.tryPin()).isFalse();
        assertRefused(Errno.ENOENT, () -> context.find(nested.id(), NestedDomain.class));
    }

    @Test
    void shouldFindByIdAndTypeOnly() {
        int id = machine.viommu.id();
        assertThat(context.find(id, VIommu.class)).isSameAs(machine.viommu);
        assertThat(machine.viommu.users()).isEqualTo(1);
        assertThat(machine.viommu.waiters()).isEqualTo(1);
        assertRefused(Errno.ENOENT, () -> context.find(id, NestedDomain.class));
        assertRefused(Errno.ENOENT, () -> machine.iommufd.open().find(id, VIommu.class));
    }

    @Test
    void shouldHideObjectUntilItIsFinalised() {
        AtomicInteger reserved = new AtomicInteger();
        Ioas made = context.publish(id -> {
            reserved.set(id);
            assertRefused(Errno.ENOENT, () -> context.find(id, Ioas.class));
            assertThat(context.destroy(id)).isEqualTo(-Errno.ENOENT);
            return new Ioas(context, id);
        });
        assertThat(context.find(reserved.get(), Ioas.class)).isSameAs(made);
    }

    @Test
    void shouldRefuseDestroyWhilePinnedByReader() {
        assertThat(machine.viommu.tryPin()).isTrue();
        assertThat(context.destroy(machine.viommu.id())).isEqualTo(-Errno.EBUSY);
        machine.viommu.unpin();
        assertThatIllegalStateException().isThrownBy(machine.viommu::unpin);
        assertThat(context.destroy(machine.viommu.id())).isZero();
    }

    @Test
    void shouldRefuseUserDestroyOfBoundDevice() {
        assertThat(machine.device.users()).isEqualTo(2);
        assertThat(context.destroy(machine.device.id())).isEqualTo(-Errno.EBUSY);
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
        assertThat(context.destroy(machine.device.id())).isEqualTo(-Errno.ENOENT);
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isEqualTo(-Errno.ENODEV);
    }

    @Test
    void shouldLeaveTombstoneWhenUnbindTakesVdeviceAlong() {
        VDevice vdevice = context.allocateVdevice(machine.viommu.id(), machine.device.id(), 5);
        assertThat(machine.device.waiters()).isEqualTo(2);

        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();

        assertThat(vdevice.destroyed()).isTrue();
        assertThat(machine.device.destroyed()).isTrue();
        assertThat(context.tombstones()).isEqualTo(1);
        assertThat(context.destroy(vdevice.id())).isEqualTo(-Errno.ENOENT);
        assertThat(machine.viommu.virtualStreamIdOf(machine.device)).isEqualTo(-Errno.ENOENT);
        assertThat(machine.viommu.users()).isEqualTo(1);
    }

    @Test
    void shouldLeaveNoTombstoneWhenUserDestroysVdeviceFirst() {
        VDevice vdevice = context.allocateVdevice(machine.viommu.id(), machine.device.id(), 5);
        assertThat(context.destroy(vdevice.id())).isZero();
        assertThat(machine.device.waiters()).isEqualTo(1);
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
        assertThat(context.tombstones()).isZero();
    }

    @Test
    void shouldGiveUpWhenShortReferenceOfDeviceOutlastsLimit() {
        machine.device.addWaiter();
        AtomicInteger asked = new AtomicInteger();
        assertThat(machine.device.unbind(() -> asked.incrementAndGet() == 1000)).isEqualTo(-Errno.EBUSY);
        assertThat(asked).hasValue(1000);
        assertThat(machine.device.destroyed()).isFalse();
        assertThat(machine.device.waiters()).isEqualTo(2);
        assertThat(machine.device.users()).isEqualTo(2);

        machine.device.removeWaiter();
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
    }

    @Test
    void shouldGiveUpWhenShortReferenceOfVdeviceOutlastsLimit() {
        VDevice vdevice = context.allocateVdevice(machine.viommu.id(), machine.device.id(), 5);
        vdevice.addWaiter();
        assertThat(machine.device.unbind(() -> true)).isEqualTo(-Errno.EBUSY);
        assertThat(vdevice.users()).isEqualTo(1);

        vdevice.removeWaiter();
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
        assertThat(context.tombstones()).isEqualTo(1);
    }

    @Test
    void shouldRestoreDeviceWhenUnknownPinKeepsItAlive() {
        assertThat(machine.device.tryPin()).isTrue();
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isEqualTo(-Errno.EBUSY);
        assertThat(machine.device.users()).isEqualTo(3);
        assertThat(machine.device.waiters()).isEqualTo(1);
        machine.device.unpin();
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
    }

    @Test
    void shouldFinishUnbindWhenLastShortReferenceLeaves() throws InterruptedException {
        machine.device.addWaiter();
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger result = new AtomicInteger(1);
        Thread unbinder = new Thread(() -> result.set(machine.device.unbind(() -> {
            waiting.countDown();
            return false;
        })));
        unbinder.start();
        waiting.await();
        // The birth reference is gone, but one is left: look-ups work until the last has left.
        assertThat(context.find(machine.device.id(), BoundDevice.class)).isSameAs(machine.device);
        machine.device.removeWaiter();
        unbinder.join();
        assertRefused(Errno.ENOENT, () -> context.find(machine.device.id(), BoundDevice.class));
        assertThat(result).hasValue(0);
    }

    @Test
    void shouldDestroyWhatIsLeftWhenLastReferenceOfContextFalls() {
        NestedDomain nested = machine.nested();
        VEventQueue queue = machine.veventq(1);
        assertThat(machine.iommufd.viommu(machine.viommu.id())).isSameAs(machine.viommu);

        context.close();
        assertThat(nested.destroyed()).isFalse();
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
        assertThat(nested.destroyed()).isFalse();
        queue.close();

        assertThat(nested.destroyed()).isTrue();
        assertThat(queue.destroyed()).isTrue();
        assertThat(machine.viommu.destroyed()).isTrue();
        assertThat(machine.parent.destroyed()).isTrue();
        assertThat(machine.ioas.destroyed()).isTrue();
        assertThat(context.objects()).isZero();
        assertThat(machine.iommufd.viommu(machine.viommu.id())).isNull();
    }

    @Test
    void shouldNeverHandOutAnIdTwiceOverContexts() {
        int first = machine.nested().id();
        context.destroy(first);
        assertThat(machine.nested().id()).isGreaterThan(first);
        assertThat(machine.iommufd.open().allocateIoas().id()).isGreaterThan(first + 1);
    }

    /** One VMM must have let go of a device before another can have it: the DMA of its group has one owner. */
    @Test
    void shouldBindADeviceInOneContextAtATime() {
        Context other = machine.iommufd.open();
        int left = context.objects();
        VDevice vdevice = context.allocateVdevice(machine.viommu.id(), machine.device.id(), 5);
        assertRefused(Errno.EPERM, () -> other.bind(machine.device.host(), machine.driver));
        assertThat(other.objects()).as("nothing is left of the attempt").isZero();

        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();
        BoundDevice moved = other.bind(machine.device.host(), machine.driver);
        assertRefused(Errno.EPERM, () -> context.bind(machine.device.host(), machine.driver));

        assertThat(moved.id()).isNotEqualTo(machine.device.id());
        assertThat(vdevice.destroyed()).isTrue();
        assertThat(context.tombstones()).as("the id of its vDEVICE stays where it was").isEqualTo(1);
        assertThat(other.tombstones()).isZero();
        assertThat(context.objects()).isEqualTo(left - 1);
        assertThat(moved.unbind(WaitLimit.NEVER)).isZero();
        other.close();
        context.close();
        assertThat(other.objects()).isZero();
        assertThat(context.objects()).isZero();
    }

    @Test
    void shouldKeepTheDmaUntilTheLastDeviceOfAGroupIsUnbound() {
        Context other = machine.iommufd.open();
        BoundDevice second = machine.bind(7, 0x41);
        HostDevice third = new HostDevice(7, Machine.SMMU, 0x42);
        assertThat(machine.device.unbind(WaitLimit.NEVER)).isZero();

        assertRefused(Errno.EPERM, () -> other.bind(third, machine.driver));
        assertThat(second.unbind(WaitLimit.NEVER)).isZero();
        assertThat(other.bind(third, machine.driver).destroyed()).isFalse();
    }

    @Test
    void shouldDestroyVdeviceOnceWhenUserAndUnbindRace() throws InterruptedException {
        int rounds = 300;
        int byUser = 0;
        for (int i = 0; i < rounds; i++) {
            BoundDevice device = machine.bind(50, 0x90);
            VDevice vdevice = context.allocateVdevice(machine.viommu.id(), device.id(), 5);
            AtomicInteger userResult = new AtomicInteger(1);
            Thread user = new Thread(() -> userResult.set(context.destroy(vdevice.id())));
            user.start();
            assertThat(device.unbind(WaitLimit.NEVER)).isZero();
            user.join();
            assertThat(vdevice.destroyed()).isTrue();
            assertThat(device.destroyed()).isTrue();
            assertThat(userResult.get()).isIn(0, -Errno.EBUSY, -Errno.ENOENT);
            byUser += userResult.get() == 0 ? 1 : 0;
        }
        assertThat(context.tombstones()).isEqualTo(rounds - byUser);
        assertThat(machine.viommu.users()).isEqualTo(1);
        assertThat(machine.viommu.vdevices()).isZero();
    }

    @Test
    void shouldAllowExactlyOneOfManyConcurrentDestroys() throws InterruptedException {
        int rounds = 200;
        AtomicInteger succeeded = new AtomicInteger();
        for (int i = 0; i < rounds; i++) {
            int id = machine.nested().id();
            Thread other = new Thread(() -> {
                if (context.destroy(id) == 0) {
                    succeeded.incrementAndGet();
                }
            });
            other.start();
            if (context.destroy(id) == 0) {
                succeeded.incrementAndGet();
            }
            other.join();
        }
        assertThat(succeeded).hasValue(rounds);
        assertThat(machine.viommu.users()).isEqualTo(1);
    }
}
