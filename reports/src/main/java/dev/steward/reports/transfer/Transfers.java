package dev.steward.reports.transfer;

import dev.steward.results.TransferResult;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.WholeFile;
import dev.steward.results.RunManifest.EnvironmentEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where measured transfers lie: result folders of this machine and of others, and the one that the suite brings along.
 *
 * @param results folder whose folders may hold some; may be missing
 * @param shipped file; may be missing
 */
public record Transfers(Path results, Path shipped) {
    private static final String SOME_LOCKS = "--strategy";
    private static final List<String> MACHINE = List.of("cpu", "logical cpus");

    /**
     * The latest of all locks that was measured on a machine, else the shipped one, else one that confirms nothing. One
     * of a few locks, or one that was interrupted early, would take from the others what an earlier one has confirmed.
     * What cannot be read is none: it is no part of what is asked for.
     *
     * @param machine its facts in words, as a run or a grid has them
     */
    public Transfer of(String machine) {
        return measured().stream()
            .filter(one -> isOf(machine, one) && !one.command().contains(SOME_LOCKS)
                && Transfer.isWhole(one))
            .max(Comparator.comparing(TransferResult::createdAt)).or(() -> result(shipped)).map(Transfer::of)
            .orElse(Transfer.NONE);
    }

    private static boolean isOf(String machine, TransferResult one) {
        List<EnvironmentEntry> facts =
            one.environment().stream().filter(fact -> MACHINE.contains(fact.key())).toList();
        return facts.size() == MACHINE.size()
            && facts.stream().allMatch(fact ->
                (machine + "; ").contains("; " + fact.key() + " " + fact.value() + "; "));
    }

    private List<TransferResult> measured() {
        List<TransferResult> measured = new ArrayList<>();
        if (Files.isDirectory(results)) {
            try (var folders = Files.list(results)) {
                folders.forEach(folder -> result(folder.resolve(TransferResult.FILE)).ifPresent(measured::add));
            } catch (IOException e) {
                return measured;
            }
        }
        return measured;
    }

    private static Optional<TransferResult> result(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(TransferResult.read(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@return the facts of a machine in words, as {@link #of} takes them} */
    public static String machine(List<EnvironmentEntry> environment) {
        return environment.stream().map(fact -> fact.key() + " " + fact.value()).reduce("", (a, b) -> a + "; " + b);
    }

    /** {@return whether a file or folder that a user names is a transfer, sound or not} */
    public static boolean isOne(Path named) {
        try {
            return Files.isDirectory(named) || Files.isRegularFile(named)
                && WholeFile.text(named).contains('"' + TransferResult.FORMAT + '"');
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads one that a user names.
     *
     * @param named file, or folder with a {@code transfer.json}
     * @throws UnreadableResultsException with one line, if it is none
     */
    public static Transfer read(Path named) {
        Path file = Files.isDirectory(named) ? named.resolve(TransferResult.FILE) : named;
        try {
            return Transfer.of(TransferResult.read(file));
        } catch (IOException e) {
            throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
        }
    }
}
