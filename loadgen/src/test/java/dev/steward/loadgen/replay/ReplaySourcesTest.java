package dev.steward.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.ChurnKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three events and three attach operations within 10 ms, on two devices. */
class ReplaySourcesTest {
    private static final long MS = 1_000_000;

    @TempDir
    private Path folder;
    private ReplayTrace trace;

    @BeforeEach
    void make() throws IOException {
        Path log = Files.writeString(folder.resolve("a.trace"), """
             a-1 [0] .... 5.000000: attach_device_to_domain: IOMMU: device=0000:01:00.0
             a-1 [0] .... 5.001000: io_page_fault: IOMMU:[drv] 0000:01:00.0 iova=0x0000000000001000 flags=0x0000
             a-1 [0] .... 5.002000: io_page_fault: IOMMU:[drv] 0000:02:00.0 iova=0x0000000000002000 flags=0x0000
             a-1 [0] .... 5.006000: detach_device_from_domain: IOMMU: device=0000:02:00.0
             a-1 [0] .... 5.007000: remove_device_from_group: IOMMU: groupID=3 device=0000:01:00.0
             a-1 [0] .... 5.010000: io_page_fault: IOMMU:[drv] 0000:01:00.0 iova=0x0000000000003000 flags=0x0000
            """);
        Path file = folder.resolve("trace");
        TraceMaker.make(List.of(log), MS, 0, file);
        trace = ReplayTrace.open(file);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000, 2000000, 10000000", "10, 100000, 200000, 1000000", "0.5, 2000000, 4000000, 20000000"})
    void shouldOfferEventsAtTheTimesOfTheLogTimesTheSpeed(double speed, long first, long second, long third) {
        ReplayStorm storm = new ReplayStorm(trace, speed, false);
        EventRecord event = new EventRecord();
        List<Long> times = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            storm.next(event);
            times.add(event.intendedNs);
            addresses.add(event.word2);
            assertThat(event.serial).isEqualTo(i);
        }

        assertThat(times).containsExactly(first, second, third);
        assertThat(addresses).containsExactly(0x1000L, 0x2000L, 0x3000L);
        assertThat(EventRecordLayout.streamId(event.word0)).isEqualTo(0x100);
        storm.next(event);
        assertThat(event.intendedNs).isEqualTo(ArrivalProcess.MAX_NS);
    }

    /** A million passes later an event is due at the very nanosecond: nothing adds up. */
    @Test
    void shouldNotDriftWhenItLoops() {
        ReplayStorm storm = new ReplayStorm(trace, 1, true);
        EventRecord event = new EventRecord();
        for (int pass = 0; pass < 1_000_000; pass++) {
            for (int i = 0; i < 3; i++) {
                storm.next(event);
            }
        }

        assertThat(trace.periodNs()).isEqualTo(12 * MS);
        assertThat(event.intendedNs).isEqualTo(999_999L * 12 * MS + 10 * MS);
    }

    @Test
    void shouldDealTheAttachOperationsToTheThreadOfTheirStream() {
        ReplayChurn first = new ReplayChurn(trace, 1, false, 0, 2, 7);
        ReplayChurn second = new ReplayChurn(trace, 1, false, 1, 2, 7);

        assertThat(operations(first)).containsExactly("0 SAME_VIOMMU 0", "7000000 UNPLUG 0");
        assertThat(operations(second)).containsExactly("6000000 DETACH_ATTACH 1");
    }

    @Test
    void shouldTellWhatAWindowOffers() {
        ReplayLoad part = ReplayLoad.of(trace, 1, false, 0, 5 * MS);
        ReplayLoad looped = ReplayLoad.of(trace, 1, true, 0, 1_200 * MS);

        assertThat(part.windowEvents()).isEqualTo(2);
        assertThat(part.windowAttaches()).isEqualTo(1);
        assertThat(looped.windowEvents()).isEqualTo(300);
        assertThat(looped.attachesPerSecond()).isEqualTo(250);
    }

    @Test
    void shouldRefuseATraceThatIsNone() throws IOException {
        Path file = folder.resolve("trace");
        Files.write(file, new byte[100]);

        assertThatThrownBy(() -> ReplayTrace.open(file)).isInstanceOf(IOException.class)
            .hasMessageContaining("no trace");
        assertThatThrownBy(() -> new ReplayStorm(trace, 0, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReplayChurn.kindOf(LogAction.EVENT)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ReplayChurn.kindOf(LogAction.ADD)).isEqualTo(ChurnKind.UNPLUG);
    }

    private static List<String> operations(ReplayChurn churn) {
        List<String> operations = new ArrayList<>();
        for (churn.next(); churn.intendedNs() < ArrivalProcess.MAX_NS; churn.next()) {
            operations.add(churn.intendedNs() + " " + churn.kind() + " " + churn.stream());
        }
        return operations;
    }
}
