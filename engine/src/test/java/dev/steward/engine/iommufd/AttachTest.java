package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttachTest {
    private final Machine machine = new Machine();
    private final RecordingDriver driver = machine.driver;
    private final BoundDevice device = machine.device;
    private final NestedDomain a = machine.nested();
    private final NestedDomain b = machine.nested();

    @Test
    void shouldPublishHandleBeforeDriverOperationAndPinAfterItWhenAttaching() {
        assertThat(device.attach(a)).isZero();
        // 1 of birth and 1 of the look-up; the pin of the attachment is not there yet.
        assertThat(driver.calls).containsExactly("attach 64 to " + a + " without handle users 2");
        assertThat(a.users()).isEqualTo(2);
        assertThat(a.waiters()).isEqualTo(1);
        assertThat(device.group().handle()).returns(a, AttachHandle::domain).returns(device, AttachHandle::device);
    }

    @Test
    void shouldStoreNewHandleAfterDriverOperationWhenReplacing() {
        device.attach(a);
        AttachHandle oldHandle = device.group().handle();
        driver.calls.clear();
        driver.attachResult = (ignored, domain) -> {
            assertThat(oldHandle.released()).isFalse();
            assertThat(a.users()).as("old domain is pinned during the operation").isEqualTo(2);
            return 0;
        };

        assertThat(device.replace(b)).isZero();

        assertThat(driver.calls).containsExactly("attach 64 to " + b + " with handle of " + a + " users 2");
        assertThat(oldHandle.released()).isTrue();
        assertThat(device.group().handle()).isNotSameAs(oldHandle).returns(b, AttachHandle::domain)
            .returns(false, AttachHandle::released);
        assertThat(a.users()).isEqualTo(1);
        assertThat(b.users()).isEqualTo(2);
    }

    @Test
    void shouldEraseHandleAfterDriverOperationWhenDetaching() {
        device.attach(a);
        AttachHandle handle = device.group().handle();
        driver.calls.clear();

        assertThat(device.detach()).isZero();

        assertThat(driver.calls).containsExactly("block 64 with handle of " + a);
        assertThat(device.group().handle()).isNull();
        assertThat(handle.released()).isTrue();
        assertThat(a.users()).isEqualTo(1);
    }

    @Test
    void shouldRefuseDestroyOfDomainAndViommuWhileAttached() {
        device.attach(a);
        assertThat(machine.context.destroy(a.id())).isEqualTo(-Errno.EBUSY);
        assertThat(machine.context.destroy(machine.viommu.id())).isEqualTo(-Errno.EBUSY);
        device.detach();
        assertThat(machine.context.destroy(a.id())).isZero();
    }

    @Test
    void shouldRefuseSecondAttachOfDevice() {
        device.attach(a);
        assertThat(device.attach(a)).isEqualTo(-Errno.EBUSY);
        assertThat(device.attach(b)).as("already there comes before other hwpt").isEqualTo(-Errno.EBUSY);
        assertThat(a.users()).isEqualTo(2);
        assertThat(b.users()).isEqualTo(1);
    }

    @Test
    void shouldRefuseOtherDomainForSecondDeviceOfGroup() {
        BoundDevice sibling = machine.bind(7, 0x41);
        device.attach(a);
        assertThat(sibling.attach(b)).isEqualTo(-Errno.EINVAL);
        assertThat(sibling.attach(a)).isZero();
        assertThat(a.users()).isEqualTo(3);
    }

    @Test
    void shouldMoveWholeGroupWithFirstAttachAndLastDetachOnly() {
        BoundDevice sibling = machine.bind(7, 0x41);
        device.attach(a);
        assertThat(driver.calls).hasSize(2);
        sibling.attach(a);
        assertThat(driver.calls).as("the first attach has moved both").hasSize(2);
        device.detach();
        assertThat(driver.calls).hasSize(2);
        assertThat(device.group().handle()).isNotNull();
        assertThat(a.users()).isEqualTo(2);
        sibling.detach();
        assertThat(driver.calls).hasSize(4).endsWith("block 64 with handle of " + a, "block 65 with handle of " + a);
        assertThat(a.users()).isEqualTo(1);
    }

    @Test
    void shouldMovePinsByNumberOfAttachedDevicesWhenReplacing() {
        BoundDevice sibling = machine.bind(7, 0x41);
        machine.bind(7, 0x42);
        device.attach(a);
        sibling.attach(a);
        assertThat(a.users()).isEqualTo(3);
        assertThat(sibling.replace(b)).isZero();
        assertThat(a.users()).isEqualTo(1);
        assertThat(b.users()).isEqualTo(3);
        assertThat(device.group().handle().device()).isSameAs(sibling);
    }

    @Test
    void shouldInstallDeviceThatWasBoundAfterFirstAttachOfGroup() {
        device.attach(a);
        BoundDevice late = machine.bind(7, 0x41);
        driver.attachResult = (ignored, domain) -> -Errno.ENOENT;
        assertThat(late.attach(a)).isEqualTo(-Errno.ENOENT);
        assertThat(a.users()).isEqualTo(2);
        driver.attachResult = (ignored, domain) -> 0;
        assertThat(late.attach(a)).isZero();
        assertThat(driver.calls).hasSize(3);
    }

    @Test
    void shouldRefuseReplaceWhenNothingIsAttached() {
        assertThat(device.replace(a)).isEqualTo(-Errno.EINVAL);
        BoundDevice sibling = machine.bind(7, 0x41);
        device.attach(a);
        assertThat(sibling.replace(b)).isEqualTo(-Errno.EINVAL);
        assertThat(driver.calls).hasSize(2);
    }

    @Test
    void shouldDoNothingWhenReplacedBySameDomainOrDetachedTwice() {
        device.attach(a);
        AttachHandle handle = device.group().handle();
        assertThat(device.replace(a)).isZero();
        assertThat(device.group().handle()).isSameAs(handle);
        assertThat(a.users()).isEqualTo(2);
        assertThat(driver.calls).hasSize(1);
        device.detach();
        assertThat(device.detach()).isZero();
        assertThat(driver.calls).hasSize(2);
    }

    @Test
    void shouldEraseHandleAndPinNothingWhenDriverRefusesAttach() {
        driver.attachResult = (ignored, domain) -> -Errno.ENOENT;
        assertThat(device.attach(a)).isEqualTo(-Errno.ENOENT);
        assertThat(device.group().handle()).isNull();
        assertThat(a.users()).isEqualTo(1);
        assertThat(device.replace(b)).isEqualTo(-Errno.EINVAL);
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreHandleOnTheSideOfTheDriverOperationThatTheKernelDoes(KernelVersion kernel) {
        Machine other = new Machine(kernel);
        NestedDomain domain = other.nested();
        other.device.attach(domain);
        String before = kernel == KernelVersion.V6_11 ? " with handle of " + domain : " without handle";
        assertThat(other.driver.calls).containsExactly("attach 64 to " + domain + before + " users 2");
        assertThat(other.device.group().handle().domain()).isSameAs(domain);
    }

    @Test
    void shouldKeepOldHandleAndPinsWhenDriverRefusesReplace() {
        device.attach(a);
        AttachHandle handle = device.group().handle();
        driver.attachResult = (ignored, domain) -> -Errno.EBUSY;
        assertThat(device.replace(b)).isEqualTo(-Errno.EBUSY);
        assertThat(device.group().handle()).isSameAs(handle).returns(false, AttachHandle::released);
        assertThat(a.users()).isEqualTo(2);
        assertThat(b.users()).isEqualTo(1);
    }

    @Test
    void shouldTakeBackDevicesAlreadyMovedWhenDriverRefusesLaterOne() {
        BoundDevice sibling = machine.bind(7, 0x41);
        driver.attachResult = (each, domain) -> each == sibling ? -Errno.ENOENT : 0;
        assertThat(device.attach(a)).isEqualTo(-Errno.ENOENT);
        assertThat(driver.calls).last().isEqualTo("block 64 without handle");

        driver.attachResult = (each, domain) -> 0;
        device.attach(a);
        driver.calls.clear();
        driver.attachResult = (each, domain) -> each == sibling ? -Errno.ENOENT : 0;
        assertThat(device.replace(b)).isEqualTo(-Errno.ENOENT);
        assertThat(driver.calls).hasSize(3).last().asString().startsWith("attach 64 to " + a);

        driver.calls.clear();
        driver.attachResult = (each, domain) -> each == sibling || domain == a ? -Errno.ENOENT : 0;
        assertThat(device.replace(b)).isEqualTo(-Errno.ENOENT);
        assertThat(driver.calls).as("no way back leads to blocking").last().isEqualTo("block 64 with handle of " + a);
    }

    @Test
    void shouldRefuseDyingOrForeignDomain() {
        machine.context.destroy(b.id());
        assertThat(device.attach(b)).isEqualTo(-Errno.ENOENT);
        device.attach(a);
        assertThat(device.replace(b)).isEqualTo(-Errno.ENOENT);

        NestedDomain foreign = new Machine().nested();
        assertThat(device.replace(foreign)).isEqualTo(-Errno.ENOENT);
        assertThat(foreign.users()).isEqualTo(1);
    }

    @Test
    void shouldRefuseUnbindWhileAttachedAndAttachWhileUnbinding() {
        device.attach(a);
        assertThat(device.unbind(WaitLimit.NEVER)).isEqualTo(-Errno.EBUSY);
        device.detach();
        device.addWaiter();
        assertThat(device.unbind(() -> true)).isEqualTo(-Errno.EBUSY);
        assertThat(device.attach(a)).isEqualTo(-Errno.ENODEV);
        assertThat(a.users()).isEqualTo(1);
    }

    @Test
    void shouldThrowWhenDriverCannotBlock() {
        device.attach(a);
        driver.blockedResult = -Errno.EIO;
        assertThatIllegalStateException().isThrownBy(device::detach).withMessageContaining("EIO");
    }

    @Test
    void shouldKeepPinsExactWhenGroupsChurnTheSameDomainsAtOnce() throws InterruptedException {
        BoundDevice other = machine.context.bind(new HostDevice(8, Machine.SMMU, 0x50), new RecordingDriver());
        AtomicInteger wrong = new AtomicInteger();
        Thread churner = new Thread(() -> churn(other, wrong));
        churner.start();
        churn(device, wrong);
        churner.join();
        assertThat(wrong).hasValue(0);
        assertThat(a.users()).isEqualTo(1);
        assertThat(b.users()).isEqualTo(1);
        assertThat(a.waiters()).isEqualTo(1);
        assertThat(machine.context.destroy(a.id())).isZero();
    }

    private void churn(BoundDevice each, AtomicInteger wrong) {
        for (int i = 0; i < 2_000; i++) {
            int results = each.attach(a) | each.replace(b) | each.replace(a);
            // Attached to a: it and its vIOMMU must survive whatever the other group does.
            boolean refused = machine.context.destroy(a.id()) == -Errno.EBUSY
                && machine.context.destroy(machine.viommu.id()) == -Errno.EBUSY;
            if (results != 0 || !refused || each.group().handle().domain() != a || each.detach() != 0) {
                wrong.incrementAndGet();
            }
        }
    }
}
