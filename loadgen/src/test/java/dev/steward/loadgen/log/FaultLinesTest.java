package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults and attach operations as kernels of many years, tools and mailers leave them. */
class FaultLinesTest {
    private static final String DMAR = "DMAR: [DMA Write NO_PASID] Request device [2f:00.1] fault addr 0x7ebb0000 "
        + "[fault reason 0x05] PTE Write access is not set\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[   10.000001] ", "[   10.000001][  T12] ", "[Thu Sep 26 09:24:21 2019] ", "[  +0.000005] ",
        "[<    0.000005>] ", "[   10.000001@2] ",
        "kern  :err   : [   10.000001] ", "[   10.000001] host kernel: ", "Sep 12 04:05:06 host kernel: ",
        "1714557600.123456 host kernel: ", "Wed 2024-05-01 10:00:00 CEST host kernel: ", "3,11,1000000,-;",
        "<3>1 2024-05-01T10:00:00Z host kernel - - - ", "> [   10.000001] ", "MESSAGE=",
        "[2024-05-01 10:00:00.123] [   10.000001] "})
    void shouldReadAFaultOnTwoLinesWithAnotherBetween(String prefix) throws IOException {
        String log = """
            @dmar: DMAR:[DMA Read] Request device [05:00.0] fault addr ffe3a000
            @usb 1-1: new device
            @DMAR:[fault reason 06] PTE Read access is not set
            @AMD-Vi: Event logged [
            @usb 1-1: new device
            @IO_PAGE_FAULT device=06:00.0 domain=0x0012 address=0x00000000ff6101b0 flags=0x0070]
            """;
        Found found = scan(log.replace("@", prefix));

        assertThat(found.records).extracting(LogRecord::device).containsExactly("05:00.0", "06:00.0");
        assertThat(found.records.get(0).words()[2]).isEqualTo(0xffe3_a000L);
        assertThat(found.records.get(1).words()[2]).isEqualTo(0xff61_01b0L);
        assertThat(found.skipped).isEmpty();
    }

    /** Negative control: the half of another fault is not taken, however near. */
    @Test
    void shouldNotJoinHalvesThatAreFarApart() throws IOException {
        Found found = scan("[ 1.000001] DMAR:[DMA Read] Request device [05:00.0] fault addr ffe3a000\n"
            + "[ 1.000002] usb 1-1: new device\n".repeat(9) + "[ 1.000003] DMAR:[fault reason 06] PTE\n");

        assertThat(found.records).isEmpty();
        assertThat(found.skipped).containsOnly(Map.entry("intel-dmar " + FaultLines.DAMAGED, 2L));
    }

    @Test
    void shouldReadTheSecondHalfThatASearchForFaultsLeaves() throws IOException {
        Found found = scan("[  221.565929] IO_PAGE_FAULT device=05:00.0 domain=0x0012 address=0x00000000ff6101b0 "
            + "flags=0x0070]\n");

        assertThat(found.records).hasSize(1);
        assertThat(found.records.get(0).stamp().micros()).isEqualTo(221_565_929);
    }

    @Test
    void shouldReadGroupLinesThatAMailerWrapped() throws IOException {
        Found found = scan("""
            Nov 14 11:52:19 host1 kernel: pci 0000:00:01.0: Adding to iommu group
            10
            Nov 14 11:52:19 host1 kernel: pci 0000:00:02.0: Removing from iommu
            group 11
            Nov 14 11:52:19 host1 kernel: iommu: Adding device 0000:00:03.0 to=20
            group 4
            """);

        assertThat(found.records).extracting(LogRecord::device)
            .containsExactly("0000:00:01.0", "0000:00:02.0", "0000:00:03.0");
        assertThat(found.records).extracting(LogRecord::action)
            .containsExactly(LogAction.ADD, LogAction.REMOVE, LogAction.ADD);
    }

    @Test
    void shouldAddUpTheTimesOfHumanReadableDmesg() throws IOException {
        String log = """
            [Nov20 10:11] usb 1-1: new device
            [  +0.000011] @
            [ +59.000000] usb 1-1: gone
            \u001b[32m[Nov20 10:12]\u001b[0m @
            kern  :err   : [  +0.000002] @
            [Nov20 10:14] @
            """;
        Found found = scan(log.replace("@\n", DMAR));
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < found.records.size(); i++) {
            gaps.add(found.records.get(i).stamp().ns() - found.records.get(i - 1).stamp().ns());
        }

        assertThat(gaps).containsExactly(59_999_989_000L, 2_000L, 119_999_998_000L);
    }

    @Test
    void shouldCountWhatIsOfAnIommuAndNotRead() throws IOException {
        Found found = scan("""
            [ 1.000001] arm-smmu 15000000.iommu: Unhandled context fault: fsr=0x402, iova=0x5c0ec000
            [ 2.000001] rk_iommu fdd97e00.iommu: Page fault at 0x00000000feb40000 of type write
            [ 3.000001] arm-smmu-v3 arm-smmu-v3.0.auto: CMD_SYNC timeout at 0x0000b1b7
            [ 5.000001]  arm_smmu_attach_dev+0x7c/0x2f0
            # iommu: somebody writes
            [ 6.000001] arm-smmu-v3 fc900000.iommu: event 0x10 received:
            [ 6.000002] arm-smmu-v3 fc900000.iommu: \t0x0000010000000010
            [ 6.000003] arm-smmu-v3 fc900000.iommu: \t0x0000020000000000
            [ 6.000004] arm-smmu-v3 fc900000.iommu: \t0x000000090000f040
            [ 6.000005] arm-smmu-v3 fc900000.iommu: \t0x0000000000000000
            """);

        assertThat(found.records).hasSize(1);
        assertThat(found.skipped).containsOnly(Map.entry(
            "other names an IOMMU, and is no fault and no attach that is known", 3L));
    }

    @Test
    void shouldSayWhatLinesOfPerfTraceAre() throws IOException {
        Found found = scan("""
                 0.000 irq/26-AMD-Vi/154 iommu:io_page_fault(device: "0000:c2:00.0", driver: "nvme", iova: 4271374336)
              2081.113 qemu-kvm/4575 iommu:attach_device_to_domain(device: "0000:c2:00.0")
              2081.213 (         ): qemu-kvm/4575 iommu:map(iova: 4096, paddr: 8192, size: 4096)
            """);

        assertThat(found.records).isEmpty();
        assertThat(found.skipped).containsOnly(Map.entry(
            "ftrace-iommu of perf trace, which leaves out flags: use perf script", 3L));
    }

    /** Older ones print the text of the event in brackets. */
    @Test
    void shouldReadTheTextThatOldPerfTracePrints() throws IOException {
        Found found = scan("""
              0.000 (         ): qemu/1234 iommu:attach_device_to_domain:IOMMU: device=0000:01:00.0)
              0.100 (         ): a/0 iommu:io_page_fault:IOMMU:nvme 0000:01:00.0 iova=0x00000000fe980000 flags=0x0001)
            """);

        assertThat(found.records).extracting(LogRecord::device).containsExactly("0000:01:00.0", "0000:01:00.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "qemu-1234      3..... 4289us : ", "qemu-1234      3..... 4289us+: ", "qemu-1234      3d.h1. 4289us!: ",
        "[  100.123456]     qemu-1234      3.....     4289us : ", "qemu-1234  [003] .....     0.004289: ",
        "qemu-1234  (   1234) [003]     0.004289: ", "qemu 1234/1234 [003]     0.004289000: iommu:"})
    void shouldTakeTheTimeOfTheTrace(String before) throws IOException {
        Found found = scan(before + "attach_device_to_domain: IOMMU: device=0000:01:00.0\n");

        assertThat(found.records).hasSize(1);
        assertThat(found.records.get(0).stamp().micros()).isEqualTo(4289);
    }

    @Test
    void shouldReadLinesThatWereJoined() throws IOException {
        Found found = scan("[    1.000001] " + DMAR.strip() + " [    1.000101] usb 1-1: new device [    1.000201] "
            + "vfio-pci 0000:01:00.0: Adding to iommu group 10 [    1.000301] " + DMAR);

        assertThat(found.records).extracting(record -> record.stamp().micros())
            .containsExactly(1_000_001L, 1_000_201L, 1_000_301L);
        assertThat(found.records).extracting(LogRecord::device)
            .containsExactly("2f:00.1", "0000:01:00.0", "2f:00.1");
        assertThat(found.skipped).isEmpty();
    }

    /** Negative control: another processor's line in the midst of a message leaves neither whole for sure. */
    @ParameterizedTest
    @ValueSource(strings = {
        "[ 1.000001] pci 0000:3f:10.5: Adding to[   26.414163] pci 0000:3f:10.6: Adding to iommu group 5\n",
        "[ 1.000001] pci 0000:3f:1.5: Adding to iommu group 5[   2.414163] pci 0000:3f:10.6: Adding to iommu group 8\n",
        "[ 1.000001] pci 0000:3f:10.5: Adding to [   26.414163] pci 0000:3f:10.6: Adding to iommu group 5\n"})
    void shouldNotReadLinesThatTwoProcessorsPrinted(String log) throws IOException {
        Found found = scan(log);

        assertThat(found.records).isEmpty();
        assertThat(found.skipped).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "vfio-pci 0000:01:00.0: Adding to\niommu group 10\n", "vfio-pci 0000:01:00.0: Adding to iommu group 10.\n",
        "iommu: Adding device 0000:01:00.0 to group 0, default domain type -1\n",
        "pci 0000:01:00.0: Adding to iommu group 0, default domain type -1\n",
        "<br>vfio-pci 0000:01:00.0: Adding to iommu group 10<br/>\n",
        "vfio-pci 0000:01:00.0: Adding to iommu group 10`\n"})
    void shouldReadAGroupLineWithMoreBehind(String log) throws IOException {
        Found found = scan(log);

        assertThat(found.records).extracting(LogRecord::device).containsExactly("0000:01:00.0");
        assertThat(found.skipped).isEmpty();
    }

    @Test
    void shouldCountLossesOfIommusOnly() throws IOException {
        Found found = scan("""
            [ 1.000001] kauditd_printk_skb: 42 callbacks suppressed
            [ 2.000001] amd_iommu_report_rmp_fault: 7 callbacks suppressed
            [ 3.000001] dmar_fault: 30 callbacks suppressed
            (XEN) printk: 500 messages suppressed.
            CPU:6 [LOST 2000 EVENTS]
            CPU:3 [10000 EVENTS DROPPED]
            CPU:1 [LOST EVENTS]
            """);

        assertThat(found.suppressed).isEqualTo(12_537);
        assertThat(found.overflows).isEqualTo(1);
    }

    @Test
    void shouldReadTheFaultsOfXen() throws IOException {
        Found found = scan("""
            (XEN) [VT-D]DMAR:[DMA Write] Request device [0000:02:00.0] fault addr f4800000, iommu reg = ffff82c000201000
            (XEN) [VT-D]DMAR:[fault reason 05h] PTE Write access is not set
            (XEN) [2024-05-01 12:00:00] [VT-D]DMAR:[DMA Read] Request device [0000:03:00.0] fault addr 1000
            (XEN) [2024-05-01 12:00:00] [VT-D]DMAR: reason 3a - SM: Non-zero reserved field set in Root Entry
            (XEN) [VT-D]INTR-REMAP: Request device [0000:f0:1f.7] fault index 0, iommu reg = ffff82c000203000
            (XEN) AMD-Vi: IO_PAGE_FAULT: 0000:05:00.0 d2 addr 00000000ff6101b0 flags 0x20 RW
            (XEN) AMD-Vi: IO_PAGE_FAULT: domain = 0, device id = 0x00a1, fault address = 0xfdf8010140, flags = 0x8
            (XEN) AMD-Vi: IO_PAGE_FAULT: domain = 1, device id = 0x26a1, fault address = 0xfdf8010140, flags = 0x20
            """);

        assertThat(found.records).extracting(LogRecord::device)
            .containsExactly("0000:02:00.0", "0000:03:00.0", "0000:05:00.0", "0000:26:14.1");
        assertThat(found.records.get(1).words()[0] & 0xff).isEqualTo(0x04);
        assertThat(found.skipped.keySet()).containsExactlyInAnyOrder(
            "intel-dmar fault of interrupt remapping, not of an address",
            "amd-vi fault of an interrupt request, not of an address");
    }

    @Test
    void shouldReadLinesThatAMailerEncodedAndFlowed() throws IOException {
        Found found = scan("""
            [   10.000005] xhci_hcd 0000:0f:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT=20
            domain=3D0x0015 address=3D0xfae4d544 flags=3D0x0000]
            [   10.000006] DMAR: [DMA=C2=A0Read NO_PASID] Request device [2f:00.1] fault addr 0x7eb=
            b0000 [fault reason 0x06] PTE Read access is not set
            """);

        assertThat(found.records).extracting(record -> record.words()[2]).containsExactly(0xfae4_d544L, 0x7ebb_0000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void shouldReadUtf16AsPowerShellWritesIt(String charset) throws IOException {
        Found found = new Found();
        String text = "\ufeff" + DMAR.replace("\n", "\r\n").repeat(1000);
        LogScan.run(Files.write(folder.resolve("log"), text.getBytes(Charset.forName(charset))), found);

        assertThat(found.records).hasSize(1000);
        assertThat(found.skipped).isEmpty();
    }

    private Found scan(String text) throws IOException {
        Found found = new Found();
        LogScan.run(Files.writeString(folder.resolve("log"), text), found);
        return found;
    }

    /** Keeps what a log holds. */
    private static final class Found implements LogRecords {
        final List<LogRecord> records = new ArrayList<>();
        final TreeMap<String, Long> skipped = new TreeMap<>();
        long suppressed;
        long overflows;

        @Override
        public void onRecord(LogRecord record) {
            records.add(record);
        }

        @Override
        public void onProgress(long line) {
            assertThat(line).isPositive();
        }

        @Override
        public void onSkipped(String kind, String reason, long line) {
            skipped.merge(kind + " " + reason, 1L, Long::sum);
        }

        @Override
        public void onSuppressed(long calls) {
            suppressed += calls;
        }

        @Override
        public void onOverflows(long count) {
            overflows += count;
        }

        @Override
        public void onDamage(long line, String what) {
            throw new AssertionError(what);
        }
    }
}
