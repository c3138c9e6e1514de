package dev.steward.reports.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds results of the kernel's lock and RCU tests in the messages of a kernel log. */
final class KernelLog {
    /** In the order of trust: the board, the processor, the kernel. */
    private static final List<Pattern> MACHINE = List.of(
        Pattern.compile("(?:Hardware name|DMI|Machine model): *(.+)"),
        Pattern.compile("(?:smpboot: )?CPU0: *(.+?)(?: \\(family.*)?"),
        Pattern.compile("(Linux version \\S+).*"),
        Pattern.compile("# platform: *(.+)"));

    private KernelLog() {
    }

    /** {@return one result for each kind of test with at least one figure} */
    static List<ForeignResult> read(Path file, KernelLogSource logs) throws IOException {
        List<KernelTest> tests = List.of(new RefScale(), new RcuScale(), new LockTorture());
        String[] machine = new String[MACHINE.size()];
        logs.read(file, (message, number) -> {
            for (int i = 0; i < machine.length; i++) {
                Matcher matcher = MACHINE.get(i).matcher(message);
                if (machine[i] == null && matcher.matches()) {
                    machine[i] = matcher.group(1).strip();
                }
            }
            tests.forEach(test -> test.line(number, message));
        }, (what, number) -> tests.forEach(test -> test.remarks.add("line " + number + ": " + what)));
        tests.forEach(KernelTest::end);
        String named = Arrays.stream(machine).filter(Objects::nonNull).findFirst()
            .orElse(ForeignResult.UNKNOWN_MACHINE);
        String name = file.getFileName().toString();
        return tests.stream().filter(test -> !test.figures.isEmpty())
            .map(test -> new ForeignResult(name, test.tool, "kernel: " + named, test.figures, test.remarks)).toList();
    }
}
