package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttachmentTest {
    private static final int[] VIRTUAL_STREAM_IDS = {0, 1, 8, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff};

    @Test
    void shouldPackAndUnpackAllCorners() {
        for (int viommuId : new int[] {1, 2, 0x7fff_fffe, Integer.MAX_VALUE}) {
            for (int virtualStreamId : VIRTUAL_STREAM_IDS) {
                long attachment = Attachment.of(viommuId, virtualStreamId);
                assertThat(attachment).isPositive();
                assertThat(Attachment.isAttached(attachment)).isTrue();
                assertThat(Attachment.viommuId(attachment)).isEqualTo(viommuId);
                assertThat(Attachment.virtualStreamId(attachment)).isEqualTo(virtualStreamId);
            }
        }
    }

    @Test
    void shouldPutViommuAboveVirtualStream() {
        assertThat(Attachment.of(1, -1)).isEqualTo(0x1_ffff_ffffL);
        assertThat(Attachment.of(Integer.MAX_VALUE, 0)).isEqualTo(0x7fff_ffff_0000_0000L);
    }

    @Test
    void shouldKeepStatesApartFromAttachmentsAndFromSinkResults() {
        assertThat(Attachment.isAttached(Attachment.NOT_ATTACHED)).isFalse();
        assertThat(Attachment.isAttached(Attachment.UNKNOWN_STREAM)).isFalse();
        assertThat(Attachment.NOT_ATTACHED).isNotEqualTo(Attachment.UNKNOWN_STREAM);
        assertThat(ReportSink.NOT_ATTACHED).isLessThan(-4096).isNotEqualTo(ReportSink.UNKNOWN_STREAM);
        assertThat(ReportSink.UNKNOWN_STREAM).isLessThan(-4096);
    }
}
