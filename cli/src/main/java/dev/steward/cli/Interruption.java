package dev.steward.cli;

import dev.steward.loadgen.run.Comparison;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a comparison in order when the JVM is told to stop (Ctrl-C, kill): the running cell is dropped, the finished
 * ones are kept and reported.
 */
final class Interruption {
    private static final long LIMIT_S = 20;

    private final Comparison comparison;
    private final PrintWriter err;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");

    private Interruption(Comparison comparison, PrintWriter err) {
        this.comparison = comparison;
        this.err = err;
    }

    static Interruption watch(Comparison comparison, PrintWriter err) {
        Interruption interruption = new Interruption(comparison, err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt() {
        comparison.cancel();
        try {
            // The main thread writes what there is and then comes to its end.
            ended.await(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.println();
        err.println("steward: interrupted; finished cells are kept in " + comparison.folder()
            + ", './steward report " + comparison.folder() + "' shows them");
        err.flush();
        // A hook cannot change the exit code of a signal in any other way.
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    /** The comparison has ended and its folder is complete. */
    void ended() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is going down already: the hook is waiting for exactly this call
            return;
        }
    }
}
