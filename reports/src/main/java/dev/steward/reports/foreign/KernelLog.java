package dev.steward.reports.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds results of the kernel's lock and RCU tests in a kernel log: as {@code dmesg} prints it, as a console or a
 * system log has it, or as a mail quotes it.
 */
final class KernelLog {
    /** Quote marks of a mail, the prefix of a system log, time stamp and caller: as much of it as there is. */
    private static final Pattern PREFIX = Pattern.compile(
        "^(?:[>|] ?)*(?:.{0,80}?\\bkernel: ?)?(?:<\\d+>)?(?:\\[ *\\d+\\.\\d+\\] ?)?(?:\\[ *[TC]\\d+\\] ?)?");
    /** In the order of trust: the board, the processor, the kernel. */
    private static final List<Pattern> MACHINE = List.of(
        Pattern.compile("(?:Hardware name|DMI|Machine model): *(.+)"),
        Pattern.compile("(?:smpboot: )?CPU0: *(.+?)(?: \\(family.*)?"),
        Pattern.compile("(Linux version \\S+).*"),
        Pattern.compile("# platform: *(.+)"));

    private KernelLog() {
    }

    /**
     * Reads a log.
     *
     * @param file  its name
     * @param lines of it
     * @return one result for each kind of test with at least one figure
     */
    static List<ForeignResult> read(String file, List<String> lines) {
        List<KernelTest> tests = List.of(new RefScale(), new RcuScale(), new LockTorture());
        List<String> machine = new ArrayList<>();
        MACHINE.forEach(pattern -> machine.add(null));
        int number = 0;
        for (String line : lines) {
            number++;
            String message = PREFIX.matcher(line).replaceFirst("");
            for (int i = 0; i < MACHINE.size(); i++) {
                Matcher matcher = MACHINE.get(i).matcher(message);
                if (machine.get(i) == null && matcher.matches()) {
                    machine.set(i, matcher.group(1).strip());
                }
            }
            for (KernelTest test : tests) {
                test.line(number, message);
            }
        }
        String named = machine.stream().filter(Objects::nonNull).findFirst()
            .orElse(ForeignResult.UNKNOWN_MACHINE);
        return tests.stream().filter(test -> !test.figures().isEmpty())
            .map(test -> new ForeignResult(file, test.tool(), "kernel: " + named, test.figures(), test.remarks()))
            .toList();
    }
}
