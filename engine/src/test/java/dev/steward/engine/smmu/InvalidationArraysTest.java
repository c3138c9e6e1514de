package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.stream.StreamTable;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvalidationArraysTest {
    private static final int DEVICES = 4_096;
    private static final long MIB = 1 << 20;

    private final Machine machine = new Machine(StreamTable.linear(13));
    private final InvalidationArrays arrays = new InvalidationArrays();
    private final BoundDevice[] devices = IntStream.range(0, DEVICES)
        .mapToObj(number -> machine.probed(number, 2 * number)).toArray(BoundDevice[]::new);
    private final ParentDomain parent = machine.viommu(devices[0]).parent();

    @AfterEach
    void close() {
        machine.close();
    }

    /** An array made anew by each attach is 64 MiB for these, as much as the young generation of a cell. */
    @Test
    void shouldLeaveNoOldArraysToTheCollectorWhenManyDevicesAttach() {
        long attached = allocatedBy(() -> Arrays.stream(devices).forEach(device -> arrays.join(device, parent)));
        long replaced = allocatedBy(() -> Arrays.stream(devices).forEach(this::replace));
        long detached = allocatedBy(() -> Arrays.stream(devices).skip(1).forEach(arrays::leaveAll));

        assertThat(arrays.of(parent)).containsExactly(1);
        assertThat(attached).isLessThan(4 * MIB);
        assertThat(replaced).isLessThan(MIB);
        assertThat(detached).isLessThan(MIB);
    }

    private void replace(BoundDevice device) {
        arrays.leave(device, arrays.join(device, parent));
    }

    private static long allocatedBy(Runnable steps) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        steps.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldKeepStreamsSortedWithTheirUsersThroughAnyOrderOfSteps() {
        Random random = new Random(7);
        TreeMap<Integer, Long> users = new TreeMap<>();
        for (int step = 0; step < 2_000; step++) {
            int number = random.nextInt(40);
            BoundDevice device = devices[number];
            int streamId = 2 * number;
            if (random.nextBoolean()) {
                if (arrays.join(device, parent) != null) {
                    arrays.leave(device, parent);
                }
                users.put(streamId, 1L);
            } else {
                arrays.leaveAll(device);
                users.remove(streamId);
            }
            assertThat(arrays.of(parent)).containsExactly(users.entrySet().stream()
                .flatMapToLong(entry -> LongStream.of((long) entry.getKey() << Integer.SIZE | entry.getValue()))
                .toArray());
        }
    }
}
