package dev.steward.strategy.torture;

/**
 * Disturbs the threads of a torture, which tell it when they are there.
 *
 * <p>Threading: each method is called by the thread that it is about.
 */
public interface TortureDisturber {
    /** Disturbs nobody. */
    TortureDisturber NONE = new TortureDisturber() {
        @Override
        public void begins() {
            // nobody wants to know
        }

        @Override
        public void ends() {
            // nobody wants to know
        }

        @Override
        public Runnable between(int thread) {
            return () -> { };
        }
    };

    /** The calling thread is there from now on. */
    void begins();

    /** The calling thread ends. */
    void ends();

    /**
     * What a thread has to do between two operations, when it holds nothing of the guard.
     *
     * @param thread its number, 0 or more, of all that are there at once.
     */
    Runnable between(int thread);
}
