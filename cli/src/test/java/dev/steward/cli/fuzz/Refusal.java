package dev.steward.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What every refusal has in common: one line of a readable length that names no class. */
final class Refusal {
    private static final Pattern CLASS = Pattern.compile("\\b(?:java|com|org|dev)\\.[a-z]+\\.|Exception|\\bnull\\b"
        + "|eserializ|oerc|Json[A-Z]|(?:Trailing|Unrecognized|[Cc]urrent) token|Feature|START_|END_|VALUE_"
        + "|`[\\w.$]+`|[a-z]\\$[A-Z]");
    private static final int LONGEST = 4_000;

    private Refusal() {
    }

    /** The file is named by a folder of this machine and may be called anything. */
    static void check(Exception e, Path fileOrFolder) throws IOException {
        String message = e.getMessage();
        assertThat(message).isNotBlank().hasSizeLessThan(LONGEST);
        assertThat(message.lines()).hasSize(1);
        // What a file holds is quoted, mostly between quotes of which it may hold some itself.
        String own = message.replace(fileOrFolder.toString(), "").replaceAll("'[^']*'", "");
        List<String> classes = CLASS.matcher(own).results().map(MatchResult::group).toList();
        if (!classes.isEmpty()) {
            String held = held(fileOrFolder);
            assertThat(classes).as(message).allMatch(held::contains);
        }
    }

    private static String held(Path fileOrFolder) throws IOException {
        StringBuilder held = new StringBuilder();
        try (Stream<Path> files = Files.walk(fileOrFolder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                held.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return held.toString();
    }
}
