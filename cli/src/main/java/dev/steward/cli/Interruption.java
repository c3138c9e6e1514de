package dev.steward.cli;

import dev.steward.results.TransferResult;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a run in order when the JVM is told to stop (Ctrl-C, kill): the running cell or turn is dropped, what was
 * measured before is kept and reported.
 */
final class Interruption implements AutoCloseable {
    private static final long LIMIT_S = 20;

    private final Path folder;
    private final boolean folderIsNew;
    private final PrintWriter err;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private final BooleanSupplier kept;
    private final String afterwards;
    private Runnable cancel;
    private boolean interrupted;

    private Interruption(
        Path folder, boolean folderIsNew, BooleanSupplier kept, String afterwards, PrintWriter err) {
        this.folder = folder;
        this.kept = kept;
        this.afterwards = afterwards;
        this.folderIsNew = folderIsNew;
        this.err = err;
    }

    /**
     * Watches from now on, also while nothing runs yet.
     *
     * @param folderIsNew whether it was made for this run, and goes if nothing is measured.
     * @param afterwards  what can be done with it.
     */
    static Interruption watch(Path folder, boolean folderIsNew, String afterwards, PrintWriter err) {
        return watch(new Interruption(folder, folderIsNew, () -> anythingMeasured(folder), afterwards, err));
    }

    /**
     * The same of a run that knows itself whether anything is kept: in a folder that it shares with many others.
     *
     * @param kept asked when it has ended.
     */
    static Interruption watch(Path folder, BooleanSupplier kept, String afterwards, PrintWriter err) {
        return watch(new Interruption(folder, false, kept, afterwards, err));
    }

    private static Interruption watch(Interruption interruption) {
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** From now on an interruption calls this and waits until what there is has been written. */
    synchronized void ends(Runnable running) {
        cancel = running;
        if (interrupted) {
            running.run();
        }
    }

    private synchronized Runnable interrupted() {
        interrupted = true;
        return cancel;
    }

    private void interrupt() {
        Runnable running = interrupted();
        if (running == null) {
            dropEmptyFolder();
            end("interrupted before anything was measured");
        } else {
            running.run();
            awaitEnd();
            end("interrupted" + whatIsLeft());
        }
    }

    /** Says why the run has come to an early end, unless this JVM was told to stop, which says so itself. */
    synchronized void explain(String why) {
        if (!interrupted) {
            err.println("steward: " + why + (Files.isDirectory(folder) ? whatIsLeft()
                : "; " + folder + " is gone, and what was measured with it"));
            err.flush();
        }
    }

    private String whatIsLeft() {
        return kept.getAsBoolean() ? "; what was measured is kept in " + folder + ", " + afterwards
            : ", before anything was measured";
    }

    private static boolean anythingMeasured(Path folder) {
        // Absolute, so that every file has a parent, the folder itself included.
        try (var files = Files.walk(folder.toAbsolutePath())) {
            return files.anyMatch(file -> file.getParent().endsWith("cells") && file.toString().endsWith(".json")
                || file.endsWith(TransferResult.FILE)
                || file.endsWith(TurnRecord.FILE) && file.toFile().length() > 0);
        } catch (IOException | UncheckedIOException e) {
            // Others may write and remove there, too.
            return false;
        }
    }

    private void awaitEnd() {
        try {
            // The main thread writes what there is and then comes to its end.
            ended.await(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that the same command line can be used again: a result folder must be new or empty. */
    private void dropEmptyFolder() {
        try {
            RunCommand.dropIfEmpty(folder.resolve("cells"));
            if (folderIsNew) {
                RunCommand.dropIfEmpty(folder);
            }
        } catch (IOException e) {
            // It cannot be removed: it stays.
            return;
        }
    }

    private void end(String message) {
        err.println();
        err.println("steward: " + message);
        err.flush();
        OwnJars.ended();
        // A hook cannot change the exit code of a signal in any other way.
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    /** There is nothing to wait for: the folder is complete at any time. */
    void release() {
        ended.countDown();
    }

    /** The comparison has ended and its folder is complete. */
    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is going down already: the hook is waiting for exactly this call
            return;
        }
    }
}
