package dev.steward.loadgen.transfer;

import java.io.IOException;

/** One lock in one world, ready to take turns. Threading: one thread, but any may close. */
public interface Contestant extends AutoCloseable {
    /**
     * Plays a load.
     *
     * @return the answer, a line of {@code key=value}.
     * @throws IOException          with one line, if it cannot.
     * @throws InterruptedException if this thread was interrupted.
     */
    String play(String order, long limitMs) throws IOException, InterruptedException;

    @Override
    void close();
}
