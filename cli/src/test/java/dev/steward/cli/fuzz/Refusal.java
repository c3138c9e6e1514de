package dev.steward.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What every refusal has in common: one line of a readable length that names no class. */
final class Refusal {
    private static final Pattern CLASS = Pattern.compile("\\b(?:java|com|org|dev)\\.[a-z]+\\.|Exception|\\bnull\\b"
        + "|eserializ|oerc|Json[A-Z]|(?:Trailing|Unrecognized|[Cc]urrent) token|Feature|START_|END_|VALUE_"
        + "|`[\\w.$]+`|\\w\\$\\w");
    private static final int LONGEST = 4_000;

    private Refusal() {
    }

    /** The file is named by a folder of this machine and may be called anything. */
    static void check(Exception e, Path file) {
        String message = e.getMessage();
        assertThat(message).isNotBlank().hasSizeLessThan(LONGEST);
        assertThat(message.lines()).hasSize(1);
        // What a file holds is quoted.
        assertThat(message.replace(file.toString(), "").replaceAll("'[^']*'", "")).doesNotContainPattern(CLASS);
    }
}
