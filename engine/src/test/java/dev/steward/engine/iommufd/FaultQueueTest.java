package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FaultQueueTest {
    private final Machine machine = new Machine();
    private final Context context = machine.context;
    private final BoundDevice device = machine.device;
    private final List<String> answers = machine.driver.answers;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4 * FaultLayout.FAULT_LENGTH]);
    private int wakeUps;
    private final FaultQueue queue = context.allocateFaultQueue(0, () -> wakeUps++);
    private final NestedDomain domain = faultable(queue);

    private NestedDomain faultable(FaultQueue on) {
        return context.allocateFaultableDomain(device.id(), machine.viommu.id(), on.id(), 0x11L, 0x22L);
    }

    private void report(FaultQueue to, int group) {
        to.report(device.group().handle(), 0x40, group, FaultLayout.FLAG_PASID_VALID, 5,
            FaultLayout.PERMISSION_WRITE | FaultLayout.PERMISSION_PRIVILEGED, 0xabc000L, 77);
    }

    private List<Integer> pollCookies(int limit) {
        List<Integer> cookies = new ArrayList<>();
        queue.poll((cookie, deviceId, flags, pasid, group, permission, address, stamp) -> cookies.add(cookie), limit);
        return cookies;
    }

    @Test
    void shouldWriteFaultInTheLayoutOfTheUapi() {
        device.attach(domain);
        report(queue, 9);
        assertThat(queue.readable()).isTrue();
        assertThat(queue.read(buffer, 0, FaultLayout.FAULT_LENGTH, 0)).isEqualTo(40);
        int[] words = new int[10];
        for (int i = 0; i < words.length; i++) {
            words[i] = buffer.getInt(4 * i, java.nio.ByteOrder.LITTLE_ENDIAN);
        }
        assertThat(words).as("flags, device, pasid, group, permission, reserved, address, length, cookie")
            .containsExactly(3, device.id(), 5, 9, 10, 0, 0xabc000, 0, 0, 1);
        assertThat(queue.read(buffer, 0, FaultLayout.FAULT_LENGTH, 0)).as("empty").isZero();
        assertThat(queue.readable()).isFalse();
    }

    @Test
    void shouldReadWholeFaultsInOrderAndRefuseOddLengthsAndPositions() {
        device.attach(domain);
        for (int group = 1; group <= 3; group++) {
            report(queue, group);
        }
        assertThat(queue.read(buffer, 0, 39, 0)).isEqualTo(-Errno.ESPIPE);
        assertThat(queue.read(buffer, 0, 40, 8)).isEqualTo(-Errno.ESPIPE);
        assertThat(queue.read(buffer, buffer.capacity() - 39, 40, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(queue.read(buffer, 0, 80, 0)).isEqualTo(80);
        assertThat(buffer.getInt(FaultLayout.GROUP_OFFSET)).isEqualTo(1);
        assertThat(buffer.getInt(40 + FaultLayout.GROUP_OFFSET)).isEqualTo(2);
        assertThat(queue.read(buffer, 0, 160, 0)).isEqualTo(40);
        assertThat(buffer.getInt(FaultLayout.GROUP_OFFSET)).isEqualTo(3);
        assertThat(wakeUps).as("only when it falls non-empty").isOne();
    }

    @Test
    void shouldAnswerByWriteAndStopAtTheFirstThatIsRefused() {
        device.attach(domain);
        report(queue, 1);
        report(queue, 2);
        pollCookies(2);
        response(0, 2, FaultLayout.SUCCESS);
        response(8, 7, FaultLayout.SUCCESS);
        response(16, 1, FaultLayout.INVALID);
        assertThat(queue.write(buffer, 0, 7, 0)).isEqualTo(-Errno.ESPIPE);
        assertThat(queue.write(buffer, 0, 8, 1)).isEqualTo(-Errno.ESPIPE);
        assertThat(queue.write(buffer, 0, 24, 0)).isEqualTo(8);
        assertThat(queue.write(buffer, 8, 16, 0)).as("unknown cookie").isEqualTo(-Errno.EINVAL);
        assertThat(queue.write(buffer, 16, 8, 0)).isEqualTo(8);
        assertThat(answers).containsExactly("40 group 2 code 0 stamp 77", "40 group 1 code 1 stamp 77");
    }

    private void response(int offset, int cookie, int code) {
        buffer.putInt(offset + FaultLayout.RESPONSE_COOKIE_OFFSET, cookie);
        buffer.putInt(offset + FaultLayout.RESPONSE_CODE_OFFSET, code);
    }

    @Test
    void shouldRefuseUnknownCookiesAndCodes() {
        device.attach(domain);
        report(queue, 1);
        assertThat(queue.respond(1, FaultLayout.SUCCESS)).as("not read yet").isEqualTo(-Errno.EINVAL);
        pollCookies(1);
        assertThat(queue.respond(1, 2)).as("unknown code").isEqualTo(-Errno.EINVAL);
        assertThat(queue.respond(0, FaultLayout.SUCCESS)).isEqualTo(-Errno.EINVAL);
        assertThat(queue.respond(-1, FaultLayout.SUCCESS)).isEqualTo(-Errno.EINVAL);
        assertThat(queue.respond(Integer.MAX_VALUE, FaultLayout.SUCCESS)).isEqualTo(-Errno.EINVAL);
        assertThat(queue.respond(1, FaultLayout.SUCCESS)).isZero();
        assertThat(queue.respond(1, FaultLayout.SUCCESS)).as("answered already").isEqualTo(-Errno.EINVAL);
    }

    @Test
    void shouldKeepCookiesUniqueWhileOutstandingWhateverTheOrder() {
        device.attach(domain);
        Random random = new Random(4);
        Set<Integer> outstanding = new HashSet<>();
        int reported = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(2) == 0) {
                report(queue, reported++ & 0xffff);
                int cookie = pollCookies(1).get(0);
                assertThat(cookie).isPositive();
                assertThat(outstanding.add(cookie)).as("step %d, cookie %d", step, cookie).isTrue();
            } else {
                int cookie = 1 + random.nextInt(300);
                assertThat(queue.respond(cookie, FaultLayout.SUCCESS))
                    .isEqualTo(outstanding.remove(cookie) ? 0 : -Errno.EINVAL);
            }
        }
        assertThat(queue.reported()).isEqualTo(queue.answered() + outstanding.size());
    }

    @Test
    void shouldAnswerUnreadAndOutstandingFaultsWithInvalidWhenDetached() {
        device.attach(domain);
        report(queue, 1);
        report(queue, 2);
        pollCookies(1);
        device.detach();
        assertThat(machine.driver.calls).last().asString().startsWith("drain without handle");
        assertThat(answers).containsExactlyInAnyOrder("40 group 1 code 1 stamp 77", "40 group 2 code 1 stamp 77");
        assertThat(queue.respond(1, FaultLayout.SUCCESS)).as("too late").isEqualTo(-Errno.EINVAL);
        assertThat(queue.readable()).isFalse();
        assertThat(queue).returns(2L, FaultQueue::answeredAutomatically).returns(0L, FaultQueue::answered);
    }

    @Test
    void shouldAnswerThroughTheQueueOfTheOldDomainWhenReplaced() {
        FaultQueue other = context.allocateFaultQueue(0, () -> { });
        device.attach(domain);
        report(queue, 1);
        device.replace(faultable(other));
        assertThat(machine.driver.calls).last().asString().startsWith("drain with handle of");
        assertThat(answers).containsExactly("40 group 1 code 1 stamp 77");
        report(other, 2);
        assertThat(other.readable()).isTrue();
        assertThat(answers).hasSize(1);
    }

    @Test
    void shouldLeaveFaultWithoutAnswerWhenTheWrongQueueIsScanned() {
        // Negative control: what the kernel's bug did, docs/domain.md, 4.4.
        FaultQueue other = context.allocateFaultQueue(0, () -> { });
        device.attach(domain);
        AttachHandle old = device.group().handle();
        report(queue, 1);
        other.detach(old);
        assertThat(answers).isEmpty();
        assertThat(queue.reported()).isNotEqualTo(queue.answered() + queue.answeredAutomatically());
    }

    @Test
    void shouldLeaveFaultOfFailedAttachWithFreedHandleBeforeV615Only() {
        assertThat(faultsOfFailedAttach(KernelVersion.V6_15)).isEmpty();
        assertThat(faultsOfFailedAttach(KernelVersion.V6_11)).singleElement().returns(true, AttachHandle::released);
    }

    /** Handles of the faults that came during an attach that failed, and are queued after it. */
    private static List<AttachHandle> faultsOfFailedAttach(KernelVersion kernel) {
        Machine vm = new Machine(kernel);
        FaultQueue faults = vm.context.allocateFaultQueue(0, () -> { });
        NestedDomain faultable =
            vm.context.allocateFaultableDomain(vm.device.id(), vm.viommu.id(), faults.id(), 0x11L, 0x22L);
        List<AttachHandle> used = new ArrayList<>();
        vm.driver.attachResult = (each, ignored) -> {
            AttachHandle handle = each.group().handle();
            if (handle != null) {
                used.add(handle);
                faults.report(handle, 0x40, 1, 0, 0, 1, 0, 77);
            }
            return -Errno.ENOENT;
        };
        assertThat(vm.device.attach(faultable)).isEqualTo(-Errno.ENOENT);
        assertThat(vm.driver.answers).as("nobody answers but the VMM").isEmpty();
        assertThat(faults.readable()).isEqualTo(!used.isEmpty());
        return used;
    }

    @Test
    void shouldLeaveFaultsOfOtherAttachmentsAlone() {
        BoundDevice second = machine.bind(8, 0x41);
        device.attach(domain);
        second.attach(domain);
        queue.report(second.group().handle(), 0x41, 2, 0, 0, 1, 0, 0);
        report(queue, 1);
        device.detach();
        assertThat(answers).containsExactly("40 group 1 code 1 stamp 77");
        assertThat(pollCookies(9)).hasSize(1);
    }

    @Test
    void shouldCountFaultThatCameThroughAFreedHandle() {
        // Negative control of the fence: a driver without one.
        device.attach(domain);
        AttachHandle held = device.group().handle();
        device.detach();
        assertThat(queue.reportedLate()).isZero();
        queue.report(held, 0x40, 1, 0, 0, 1, 0, 0);
        assertThat(queue.reportedLate()).isOne();
    }

    @Test
    void shouldCountFaultThatComesWhenTheAutomaticAnswersHaveBegun() {
        device.attach(domain);
        AttachHandle held = device.group().handle();
        report(queue, 1);
        machine.driver.onAnswer = () -> queue.report(held, 0x40, 2, 0, 0, 1, 0, 0);
        device.detach();
        assertThat(queue.reportedLate()).as("no fence, though the handle is still looked through").isOne();
    }

    @Test
    void shouldGoThroughTheFaultsOnceWhenDetached() {
        BoundDevice second = machine.bind(8, 0x41);
        device.attach(domain);
        second.attach(domain);
        AttachHandle held = device.group().handle();
        for (int group = 1; group <= 4; group++) {
            report(queue, group);
            queue.report(second.group().handle(), 0x41, group, 0, 0, 1, 0, 0);
        }
        pollCookies(4);
        machine.driver.onAnswer = () -> queue.report(held, 0x40, 9, 0, 0, 1, 0, 0);
        device.detach();
        assertThat(answers).containsExactlyInAnyOrder(
            "40 group 1 code 1 stamp 77", "40 group 2 code 1 stamp 77",
            "40 group 3 code 1 stamp 77", "40 group 4 code 1 stamp 77");
        List<Integer> left = new ArrayList<>();
        queue.poll((cookie, deviceId, flags, pasid, group, permission, address, stamp) -> left.add(group), 9);
        assertThat(left).as("unread ones of the other device, then what came too late").startsWith(3, 4, 9);
    }

    @Test
    void shouldFinishAWriteThoughTheFileIsClosedMeanwhile() {
        device.attach(domain);
        report(queue, 1);
        report(queue, 2);
        pollCookies(2);
        response(0, 1, FaultLayout.SUCCESS);
        response(8, 2, FaultLayout.SUCCESS);
        machine.driver.onAnswer = queue::close;
        assertThat(queue.write(buffer, 0, 16, 0)).as("one call, one hold of the file").isEqualTo(16);
        assertThat(queue.write(buffer, 0, 0, 0)).as("empty, but closed").isEqualTo(-Errno.EBADF);
    }

    @Test
    void shouldNotReadResponsesFromOutsideTheBuffer() {
        device.attach(domain);
        report(queue, 1);
        pollCookies(1);
        response(buffer.capacity() - 8, 1, FaultLayout.SUCCESS);
        assertThat(queue.write(buffer, buffer.capacity() - 7, 8, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(queue.write(buffer, -8, 8, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(queue.write(buffer, buffer.capacity() - 8, 16, 0)).as("those before it count").isEqualTo(8);
    }

    @Test
    void shouldRefuseDestroyWhileNamedByDomainOrOpen() {
        assertThat(context.destroy(queue.id())).isEqualTo(-Errno.EBUSY);
        queue.close();
        assertThat(queue.read(buffer, 0, 40, 0)).isEqualTo(-Errno.EBADF);
        assertThat(queue.respond(1, 0)).isEqualTo(-Errno.EBADF);
        assertThat(context.destroy(queue.id())).as("pinned by the domain").isEqualTo(-Errno.EBUSY);
        assertThat(context.destroy(domain.id())).isZero();
        assertThat(context.destroy(queue.id())).isZero();
    }

    @Test
    void shouldAnswerEverythingPendingWhenDestroyed() {
        device.attach(domain);
        report(queue, 1);
        queue.onDestroy();
        assertThat(answers).containsExactly("40 group 1 code 1 stamp 77");
    }

    @Test
    void shouldRefuseFlagsAndUnknownQueues() {
        Machine.assertRefused(Errno.EOPNOTSUPP, () -> context.allocateFaultQueue(1, () -> { }));
        Machine.assertRefused(Errno.ENOENT, () -> context.allocateFaultableDomain(
            device.id(), machine.viommu.id(), device.id(), 0x11L, 0x22L));
        Machine.assertRefused(Errno.EINVAL, () -> context.allocateNestedDomain(
            device.id(), machine.viommu.id(), NestedDomain.FLAG_FAULT_ID_VALID, 0x11L, 0x22L));
    }
}
