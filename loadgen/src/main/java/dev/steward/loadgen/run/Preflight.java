package dev.steward.loadgen.run;

/** Told what is found out about the machine before a run. */
@FunctionalInterface
public interface Preflight {
    /** A line: cores, JVM, noise, how threads will wait. */
    void said(String line);

    /**
     * Something else is at work on the machine. May refuse the run by throwing.
     *
     * @param causes separated by commas.
     */
    default void noisy(String causes) {
        said("preflight: NOISY machine (" + causes + "): tails will show it and not the locks");
    }
}
