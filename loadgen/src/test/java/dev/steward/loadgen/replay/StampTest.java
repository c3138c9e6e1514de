package dev.steward.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time stamps in a line. */
class StampTest {
    private static final String BETWEEN = "pci 0000:84:00.2: 0x0123456789abcdef [7] 1234567890123456789] ";
    private final Stamp stamp = new Stamp();

    @ParameterizedTest
    @ValueSource(strings = {"[    7.471032]", "[7.471032]", "[123456.471032]", "[    7.471032123]"})
    void shouldSeeASecondTimeStampWhereverItStands(String second) {
        for (int length = 0; length <= BETWEEN.length(); length++) {
            String line = "[    7.471032] " + BETWEEN.substring(0, length) + second;

            assertThat(twice(line)).as(line).isTrue();
            assertThat(twice(line + " Adding to iommu group 50")).as(line).isTrue();
            assertThat(twice(BETWEEN.substring(0, length) + second)).as(line).isFalse();
        }
    }

    @Test
    void shouldNotTakeOtherBracketsForATimeStamp() {
        String line = "[    7.471032] AMD-Vi: Event logged [IO_PAGE_FAULT address=0x12] [12345678] [.123456] [1.1234]";

        assertThat(twice(line)).isFalse();
        assertThat(twice(line + " [1.123456]")).isTrue();
    }

    private boolean twice(String text) {
        TextLine line = new TextLine();
        byte[] bytes = TextLine.ascii("]]" + text + "]]");
        line.set(bytes, 2, bytes.length - 2, 1, true);
        return stamp.standsTwice(line);
    }
}
