package dev.steward.loadgen.run;

import dev.steward.results.RunManifest;
import java.nio.file.Path;

/** A run that is prepared: its folder exists, and nothing has been measured. */
public interface Measurement {
    /** Where the results go, an existing folder. */
    Path folder();

    /**
     * Measures.
     *
     * @param listener told about progress.
     * @return complete (some results may be INVALID), interrupted, or failed if a JVM ended without its result; the
     *     folder is whole either way.
     * @throws java.io.UncheckedIOException if the result folder can no longer be written.
     */
    RunManifest.Status run(RunListener listener);

    /** Ends what runs, from any thread, and starts nothing further. */
    void cancel();
}
