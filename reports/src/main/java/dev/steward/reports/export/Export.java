package dev.steward.reports.export;

import dev.steward.reports.summary.RunSet;

/** One way of writing figures for another program. Implementations hold no state and may be shared between threads. */
public interface Export {
    /**
     * Writes the figures.
     *
     * @param runs of a report
     * @return the whole file, the same for the same runs, in every locale
     */
    String of(RunSet runs);
}
