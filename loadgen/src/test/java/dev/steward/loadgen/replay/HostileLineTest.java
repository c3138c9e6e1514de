package dev.steward.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.log.KernelMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as long as they may be that a pattern could choke on: neither a deep stack nor a wait of minutes. */
class HostileLineTest {
    private static final int LENGTH = 60_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "|<1>|", "|[  T1]|", "[    1.000000]|[T1]|", "|DMAR:|[fault reason", "|a|: Adding to iommu group 1",
        "|a | Adding to iommu group 1", "x |a|] to iommu group x", "io_page_fault: IOMMU:|a|iova=0x1 flags=",
        " io_page_fault: IOMMU:|a | iova=0x1 flags=", "AMD-Vi: Event logged [x |a=b |", "AMD-Vi: Event logged [x |a=|",
        "<1>1 a b c d e |[a]|", "|[|arm-smmu-v3 a: ", "|[ |arm-smmu-v3 a: ", "|smmuv3 |", "|smmu-v3: a: 0x|",
        "smmu-v3 |a|", "smmu-v3 |a:|b", "smmu-v3 a: event: F client: |a|", "smmu-v3 a: |0 |", "|>|", "{\"MESSAGE\":|[|",
        "|\u001b[|", "DMAR: [DMA Read] Request device |[|", "|1,|", "iommu: Adding device |a | to group x"})
    void shouldNotChoke(String head, String repeated, String tail) throws IOException {
        String line = text(head) + repeated.repeat(LENGTH / repeated.length()) + text(tail);
        Path log = Files.writeString(folder.resolve("hostile.log"), line + "\n" + line + "\n");

        assertThatCode(() -> {
            try {
                TraceMaker.make(List.of(log), 1, 0, folder.resolve("trace"));
            } catch (EventLogException e) {
                // nothing to play
            }
            KernelMessages.read(log, (message, number) -> { }, (what, number) -> { });
        }).doesNotThrowAnyException();
    }

    private static String text(String column) {
        return column == null ? "" : column;
    }
}
