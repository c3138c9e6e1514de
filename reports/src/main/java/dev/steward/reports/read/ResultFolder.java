package dev.steward.reports.read;

import dev.steward.results.CellHistograms;
import dev.steward.results.CellRecord;
import dev.steward.results.CellResult;
import dev.steward.results.Digest;
import dev.steward.results.HlogReader;
import dev.steward.results.PlacementClasses;
import dev.steward.results.PlainName;
import dev.steward.results.Reason;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import dev.steward.results.TurnRecord;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A result folder as read from disk. Immutable; reading the same files gives the same folder.
 *
 * @param cells   finished and readable cells in the order they ran, valid or not
 * @param missing planned cells without usable data in the order they ran
 * @param turns   in the order they ran; none if {@code run.json} has no plan for them
 */
public record ResultFolder(
    RunManifest run, List<CellResult> cells, List<MissingCell> missing, List<TurnRecord> turns) {
    /** First line of a cell's log. */
    private static final Pattern TITLE = Pattern.compile("#\\[" + PlainName.PATTERN + "]");

    private static final List<Counted> COUNTED =
        List.of(new Counted(Tags.ATTACH, "attach"), new Counted(Tags.EVENT_ENQUEUE, "handler"));

    /** Puts the probes of the cells into classes, by what all of them saw. */
    public ResultFolder {
        cells = PlacementClasses.of(cells);
    }

    /**
     * Reads a folder. A cell whose files are missing or damaged is named in {@link #missing} and skipped; a run that
     * was interrupted or is still at work is read as far as it came.
     *
     * @throws UnreadableResultsException if {@code run.json} or {@code turns.jsonl} is missing, damaged, contradicts
     *                                    itself or is of a newer version
     */
    public static ResultFolder read(Path folder) {
        return read(folder, damage -> {
            throw damage;
        });
    }

    /**
     * Reads a folder for somebody who shows it and does not compare it: damaged turns, of which nobody can tell which
     * are whole, are left out together.
     *
     * @param damaged takes the reason why the turns are left out
     * @throws UnreadableResultsException as {@link #read(Path)}, but not for the turns
     */
    public static ResultFolder read(Path folder, Consumer<UnreadableResultsException> damaged) {
        RunManifest run = manifestOf(folder);
        List<CellResult> cells = new ArrayList<>();
        List<MissingCell> missing = new ArrayList<>();
        // Decoding the logs is nearly all of the work, and each cell has its own.
        run.cells().parallelStream().map(planned -> readCell(folder, planned)).toList().forEach(read -> {
            if (read.cell() != null) {
                cells.add(read.cell());
            } else {
                missing.add(read.missing());
            }
        });
        return new ResultFolder(run, cells, missing, turnsOf(folder, run, damaged));
    }

    private static Read readCell(Path folder, RunManifest.PlannedCell planned) {
        // The id becomes a file name: nothing but a plain one, so that a folder never reads outside itself.
        if (!PlainName.is(planned.id())) {
            return new Read(null, missingOf(planned, CellLoss.UNREADABLE,
                List.of("its id is not a plain file name"), null));
        }
        if (planned.status() == RunManifest.CellStatus.FAILED) {
            return new Read(null, missingOf(planned, CellLoss.FAILED, planned.reasons(), null));
        }
        Path json = folder.resolve("cells").resolve(planned.id() + ".json");
        // run.json is rewritten after the cell's own file: a kill between the two leaves a finished cell planned.
        return planned.status() == RunManifest.CellStatus.PLANNED && !json.toFile().exists()
            ? new Read(null, missingOf(planned, CellLoss.NOT_RUN, planned.reasons(), null))
            : readFinished(planned, json);
    }

    /** A cell, or why there is none. */
    private record Read(CellResult cell, MissingCell missing) {
    }

    private static RunManifest manifestOf(Path folder) {
        try {
            RunManifest run = RunManifest.read(folder);
            requireConsistent(run);
            return run;
        } catch (IOException e) {
            Path file = folder.resolve(RunManifest.FILE);
            throw new UnreadableResultsException(Files.exists(file) ? file + ": " + e.getMessage()
                : OtherFolder.described(folder).orElse(file + ": " + e.getMessage()), e);
        }
    }

    private static List<TurnRecord> turnsOf(
        Path folder, RunManifest run, Consumer<UnreadableResultsException> damaged) {
        try {
            // A run that ended before its first turn has a plan, and no file.
            if (run.turns() == null
                || run.turns().log() == null && Files.notExists(folder.resolve(TurnRecord.FILE))) {
                return List.of();
            }
            byte[] file = WholeFile.ofResult(folder.resolve(TurnRecord.FILE));
            List<TurnRecord> turns = TurnRecord.readAll(file);
            requireConsistent(turns, run);
            if (run.turns().log() != null) {
                run.turns().log().require(file);
            }
            return turns;
        } catch (IOException e) {
            damaged.accept(
                new UnreadableResultsException(folder.resolve(TurnRecord.FILE) + ": " + e.getMessage(), e));
            return List.of();
        }
    }

    /** The last generation may be one that did not end. */
    private static void requireConsistent(List<TurnRecord> turns, RunManifest run) throws IOException {
        Set<String> strategies =
            run.strategies().stream().map(RunManifest.StrategyInfo::name).collect(Collectors.toSet());
        Set<List<Object>> seen = new HashSet<>();
        for (int i = 0; i < turns.size(); i++) {
            TurnRecord turn = turns.get(i);
            String line = "line " + (i + 1);
            if (!strategies.contains(turn.strategy()) || !run.paths().contains(turn.path())) {
                throw new IOException(line + " names a strategy or path that is not listed in the run");
            }
            if (turn.generation() > run.turns().generations() + 1 || turn.round() > run.turns().rounds()) {
                throw new IOException(line + " is of a generation or round that the run did not have");
            }
            // In the run-in a contestant has several turns, one after the other.
            if (!seen.add(List.of(turn.generation(), turn.round(), turn.round() == 0 ? turn.position() : 0,
                turn.strategy(), turn.path()))) {
                throw new IOException(line + " repeats a turn");
            }
        }
    }

    private static void requireConsistent(RunManifest run) throws IOException {
        Set<String> strategies = new HashSet<>();
        for (RunManifest.StrategyInfo strategy : run.strategies()) {
            if (!strategies.add(strategy.name())) {
                throw new IOException("strategy " + strategy.name() + " is listed twice");
            }
        }
        if (new HashSet<>(run.paths()).size() < run.paths().size()) {
            throw new IOException("a path is listed twice");
        }
        Set<String> ids = new HashSet<>();
        for (RunManifest.PlannedCell cell : run.cells()) {
            if (!ids.add(cell.id())) {
                throw new IOException("cell " + cell.id() + " is listed twice");
            }
            if (!strategies.contains(cell.strategy()) || !run.paths().contains(cell.path())) {
                throw new IOException("cell " + cell.id() + " names a strategy or path that is not listed");
            }
        }
    }

    private static Read readFinished(RunManifest.PlannedCell planned, Path json) {
        Path file = json;
        try {
            CellRecord cell = CellRecord.read(json);
            if (!cell.id().equals(planned.id()) || !cell.strategy().equals(planned.strategy())
                || !cell.path().equals(planned.path()) || cell.repeat() != planned.repeat()) {
                throw new IOException("belongs to another cell (" + cell.id() + ")");
            }
            file = json.resolveSibling(planned.id() + ".hlog");
            byte[] bytes = WholeFile.ofResult(file);
            HlogReader.Part log = HlogReader.readToDamage(bytes);
            if (log.damage() != null) {
                return new Read(null, missingOf(planned, CellLoss.PARTIAL,
                    reasons(planned, file, log.damage()), log.histograms()));
            }
            requireItsOwn(cell, bytes, log.histograms());
            // Either file may have the last word against a cell, none alone for it.
            boolean valid = cell.status() == CellRecord.Status.OK
                && planned.status() != RunManifest.CellStatus.INVALID
                && planned.status() != RunManifest.CellStatus.DISTURBED;
            List<Reason> own = cell.reasons().isEmpty()
                ? planned.reasons().stream().map(Reason::ofSentence).toList() : cell.reasons();
            return new Read(new CellResult(cell, valid, valid ? List.of() : own,
                log.histograms()), null);
        } catch (IOException e) {
            return new Read(null, missingOf(planned, CellLoss.UNREADABLE, reasons(planned, file, e), null));
        }
    }

    /** Exchanged, repeated or cut at the end of a line, a log reads as well as the right one. */
    private static void requireItsOwn(CellRecord cell, byte[] bytes, CellHistograms log) throws IOException {
        if (cell.logDigest() != null) {
            if (!Digest.of(bytes, CellRecord.LOG_DIGITS).equals(cell.logDigest())) {
                throw new IOException("is not the log that was written with the cell (its digest is another one)");
            }
            return;
        }
        String title = new String(bytes, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        if (TITLE.matcher(title).matches() && !title.equals("#[" + cell.id() + "]")) {
            throw new IOException("is the log of another cell, " + title.substring(1));
        }
        for (List<CellHistograms.Slice> slices : log.slices().values()) {
            if (slices.stream().map(CellHistograms.Slice::startMs).distinct().count() < slices.size()) {
                throw new IOException("holds two slices of one time");
            }
        }
        for (Counted tag : cell.threads() == null ? List.<Counted>of() : COUNTED) {
            long counted = cell.threads().stream().filter(thread -> thread.role().equals(tag.role()))
                .mapToLong(CellRecord.ThreadShare::operations).sum();
            if (log.of(tag.tag()).count() != counted) {
                throw new IOException("holds " + log.of(tag.tag()).count() + " values of " + tag.tag()
                    + " where the cell's threads counted " + counted);
            }
        }
    }

    /** Each value of a tag is an operation of a thread with this role. */
    private record Counted(String tag, String role) {
    }

    private static List<String> reasons(RunManifest.PlannedCell planned, Path file, IOException damage) {
        List<String> reasons = new ArrayList<>(planned.reasons());
        reasons.add("cells/" + file.getFileName() + ": " + damage.getMessage());
        return reasons;
    }

    private static MissingCell missingOf(
        RunManifest.PlannedCell planned, CellLoss kind, List<String> reasons,
        CellHistograms part) {
        return new MissingCell(planned.id(), planned.strategy(), planned.path(), kind, reasons, part);
    }
}
