package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final int ROUNDS = 200_000;
    private static final long[][] TEMPLATES = {
        {EventRecordLayout.word0(EventId.F_TRANSLATION.code(), 5), 11, 12, 13},
        {EventRecordLayout.word0(EventId.F_PERMISSION.code(), 6), 21, 22, 23},
    };

    private long sum;

    @Test
    void shouldFillInTheTemplateTheStreamTheSerialAndTheTime() {
        StormSource storm = new SyntheticStorm(
            ArrivalProcess.constant(1_000), TEMPLATES, WeightedChoice.of(0, 1), new int[] {0x100, -1},
            WeightedChoice.of(0, 1), 1);
        EventRecord record = new EventRecord();
        storm.next(record);
        storm.next(record);

        assertThat(EventRecordLayout.id(record.word0)).isEqualTo(EventId.F_PERMISSION.code());
        assertThat(EventRecordLayout.streamId(record.word0)).isEqualTo(-1);
        assertThat(new long[] {record.word1, record.word2, record.word3}).containsExactly(21, 22, 23);
        assertThat(record.serial).isEqualTo(1);
        assertThat(record.intendedNs).isEqualTo(1_000_000);
    }

    @Test
    void shouldKeepTheStreamOfTheRecordWhenNoStreamsAreGiven() {
        StormSource storm = new SyntheticStorm(
            ArrivalProcess.constant(1_000), TEMPLATES, WeightedChoice.of(1, 0), new int[0], null, 1);
        EventRecord record = new EventRecord();
        storm.next(record);

        assertThat(EventRecordLayout.streamId(record.word0)).isEqualTo(5);
    }

    @Test
    void shouldRepeatTheStormExactlyWhenTheSeedIsTheSame() {
        assertThat(storm(7)).isEqualTo(storm(7)).isNotEqualTo(storm(8));
    }

    @Test
    void shouldRepeatTheChurnExactlyWhenTheSeedIsTheSame() {
        assertThat(churn(7)).isEqualTo(churn(7)).isNotEqualTo(churn(8));
    }

    @Test
    void shouldKeepTheDrawOfAnOperationInRange() {
        ChurnSource churn = newChurn(3);
        boolean high = false;
        for (int i = 0; i < 10_000; i++) {
            churn.next();
            assertThat(churn.draw()).isNotNegative();
            high |= churn.draw() > 1 << 30;
        }
        assertThat(high).isTrue();
    }

    @Test
    void shouldNotAllocateWhenGoingOn() {
        StormSource storm = newStorm(1);
        ChurnSource churn = newChurn(1);
        ArrivalProcess constant = ArrivalProcess.constant(1_000);
        EventRecord record = new EventRecord();
        rounds(storm, churn, constant, record);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        rounds(storm, churn, constant, record);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // One object of the smallest size for each round would be sixteen times this many bytes.
        assertThat(allocated).isLessThan(ROUNDS);
        assertThat(sum).isNotZero();
    }

    private void rounds(StormSource storm, ChurnSource churn, ArrivalProcess constant, EventRecord record) {
        for (int i = 0; i < ROUNDS; i++) {
            storm.next(record);
            churn.next();
            sum += record.intendedNs + churn.stream() + churn.kind().ordinal() + constant.nextNs();
        }
    }

    private static List<Long> storm(long seed) {
        StormSource storm = newStorm(seed);
        EventRecord record = new EventRecord();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            storm.next(record);
            all.addAll(List.of(record.word0, record.word1, record.word2, record.word3, record.serial));
            all.add(record.intendedNs);
        }
        return all;
    }

    private static List<Long> churn(long seed) {
        ChurnSource churn = newChurn(seed);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            churn.next();
            all.addAll(List.of(churn.intendedNs(), (long) churn.kind().ordinal(), (long) churn.stream()));
            all.add((long) churn.draw());
        }
        return all;
    }

    private static StormSource newStorm(long seed) {
        return new SyntheticStorm(
            ArrivalProcess.poisson(20_000, seed), TEMPLATES, WeightedChoice.of(3, 1), new int[] {1, 2, 3},
            WeightedChoice.of(Weights.zipf(3, 1)), seed);
    }

    private static ChurnSource newChurn(long seed) {
        return new SyntheticChurn(
            ArrivalProcess.poisson(1_000, seed), WeightedChoice.of(70, 20, 10),
            WeightedChoice.of(Weights.uniform(64)), seed);
    }
}
