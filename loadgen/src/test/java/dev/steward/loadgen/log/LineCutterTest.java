package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCutterTest {
    private final List<String> damages = new ArrayList<>();
    private int lines;

    /** 4 KB that say that they are 1.5 million lines. */
    @Test
    void shouldReadNoMoreRepeatsThanALogMayHave() throws IOException {
        cut("x\n" + "message repeated 10000 times\n".repeat(150) + "message repeated 10001 times\n");

        assertThat(lines).isEqualTo(1_000_001);
        assertThat(damages).hasSize(51).startsWith("102: says that a line came 10000 times more: 0 are read")
            .endsWith("152: says that a line came 10001 times more: 0 are read");
    }

    @Test
    void shouldReadSoManyRepeatsOfOneMessage() throws IOException {
        cut("x\nmessage repeated 10001 times\n");

        assertThat(lines).isEqualTo(10_001);
        assertThat(damages).containsExactly("2: says that a line came 10001 times more: 10000 are read");
    }

    private void cut(String text) throws IOException {
        new LineCutter(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "log",
            new LineCutter.Listener() {
                @Override
                public void onLine(LogLine line) {
                    lines++;
                }

                @Override
                public void onDamage(long line, String what) {
                    damages.add(line + ": " + what);
                }
            }).run();
    }
}
