package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.Attachment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentPagesTest {
    private static final int PAGE_SHIFT = 6;
    private static final int CAPACITY = 3 * 64;

    private final AttachmentPages pages = new AttachmentPages(CAPACITY, PAGE_SHIFT, 1);

    @AfterEach
    void free() {
        pages.free();
    }

    @Test
    void shouldStartWithAllUnknownAndOneSpare() {
        assertThat(pages.firstSpare()).isEqualTo(3);
        for (int position = 0; position < CAPACITY; position++) {
            assertThat(pages.loadOpaque(position)).isEqualTo(Attachment.UNKNOWN_STREAM);
        }
    }

    @Test
    void shouldKeepOtherRecordsOfPageWhenOneIsReplaced() {
        int spare = pages.firstSpare();
        for (int position = 64; position < 128; position++) {
            spare = pages.replace(position, Attachment.of(position, -position), spare);
        }
        pages.replace(100, Attachment.NOT_ATTACHED, spare);
        for (int position = 0; position < CAPACITY; position++) {
            long expected = position < 64 || position >= 128 ? Attachment.UNKNOWN_STREAM
                : position == 100 ? Attachment.NOT_ATTACHED : Attachment.of(position, -position);
            assertThat(pages.loadOpaque(position)).as("position %d", position).isEqualTo(expected);
        }
    }

    /** A reader that still holds the old page must find it as it was, until the guard gives it up. */
    @Test
    void shouldNotTouchPublishedPageWhenReplacing() {
        int second = pages.replace(0, Attachment.of(1, 1), pages.firstSpare());
        assertThat(second).as("page 0 was published at first").isZero();
        int third = pages.replace(0, Attachment.of(2, 2), second);
        assertThat(third).as("the page of the first replace").isEqualTo(pages.firstSpare());
        pages.replace(70, Attachment.of(9, 9), third);
        assertThat(pages.loadOpaque(0)).as("another page took over its memory").isEqualTo(Attachment.of(2, 2));
    }

    @Test
    void shouldAgreeWithModelWhenReplacedAtRandom() {
        Random random = new Random(20240905);
        long[] model = new long[CAPACITY];
        Arrays.fill(model, Attachment.UNKNOWN_STREAM);
        long lengthBytes = pages.lengthBytes();
        int spare = pages.firstSpare();
        for (int i = 0; i < 20_000; i++) {
            int position = random.nextInt(CAPACITY);
            model[position] = random.nextInt(4) == 0 ? -1 - random.nextInt(2)
                : Attachment.of(1 + random.nextInt(Integer.MAX_VALUE), random.nextInt());
            spare = pages.replace(position, model[position], spare);
            assertThat(spare).isBetween(0, 3);
            int other = random.nextInt(CAPACITY);
            assertThat(pages.loadOpaque(other)).isEqualTo(model[other]);
        }
        assertThat(pages.lengthBytes()).isEqualTo(lengthBytes);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64, 1", "65, 2", "4096, 64"})
    void shouldRoundUpToWholePagesPlusSpare(int capacity, int pageCount) {
        AttachmentPages sized = new AttachmentPages(capacity, PAGE_SHIFT, 1);
        assertThat(sized.firstSpare()).isEqualTo(pageCount);
        assertThat(sized.lengthBytes()).isEqualTo(pageCount * 4L + (pageCount + 1L) * sized.pageBytes());
        int spare = sized.replace(capacity - 1, Attachment.of(5, 6), sized.firstSpare());
        assertThat(sized.loadOpaque(capacity - 1)).isEqualTo(Attachment.of(5, 6));
        assertThat(spare).isEqualTo(pageCount - 1);
        sized.free();
    }

    @Test
    void shouldTellStatesAndAttachmentsApartInTheWords() {
        long[] attachments = {
            Attachment.UNKNOWN_STREAM, Attachment.NOT_ATTACHED, Attachment.of(1, 0), Attachment.of(1, -1),
            Attachment.of(Integer.MAX_VALUE, 0), Attachment.of(Integer.MAX_VALUE, Integer.MIN_VALUE)};
        for (long attachment : attachments) {
            long virtualStreamId = AttachmentLayout.virtualStreamId(attachment, 77);
            assertThat(AttachmentLayout.attachment(AttachmentLayout.state(attachment), virtualStreamId))
                .isEqualTo(attachment);
        }
        assertThat(AttachmentLayout.attachment(0, 0)).as("fresh memory").isEqualTo(Attachment.UNKNOWN_STREAM);
    }
}
