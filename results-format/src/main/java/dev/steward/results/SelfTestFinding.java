package dev.steward.results;

/**
 * What one check of the self-test found.
 *
 * @param kind     whether it is about truth or about speed.
 * @param check    what was looked at, in a few words.
 * @param expected what it should be.
 * @param seen     what it was.
 * @param verdict  what follows from that.
 */
public record SelfTestFinding(Kind kind, String check, String expected, String seen, Verdict verdict) {
    /** What a check is about. */
    public enum Kind {
        /** Whether figures can be believed at all. */
        TRUTH,
        /** A goal of speed, which a slow or busy machine may miss. */
        SPEED,
        /** A figure without a goal. */
        FIGURE
    }

    /** What follows from a check. */
    public enum Verdict {
        /** As expected. */
        PASS("pass"),
        /** Not as expected, and the machine is no excuse: figures cannot be believed. */
        FAIL("FAIL"),
        /** The machine was too noisy to tell; nothing is proved. */
        UNCLEAR("unclear"),
        /** A goal of speed that this machine did not reach. */
        MISS("miss");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /**
         * The word to print.
         *
         * @return one short word.
         */
        public String label() {
            return label;
        }
    }

    /**
     * A check of truth.
     *
     * @param check    what was looked at.
     * @param expected what it should be.
     * @param seen     what it was.
     * @param verdict  what follows.
     * @return the finding.
     */
    public static SelfTestFinding truth(String check, String expected, String seen, Verdict verdict) {
        return new SelfTestFinding(Kind.TRUTH, check, expected, seen, verdict);
    }

    /**
     * A figure without a goal.
     *
     * @param check what was looked at.
     * @param seen  what it was.
     * @return the finding.
     */
    public static SelfTestFinding shown(String check, String seen) {
        return new SelfTestFinding(Kind.FIGURE, check, "", seen, Verdict.PASS);
    }

    /**
     * A goal of speed.
     *
     * @param check    what was looked at.
     * @param expected the goal.
     * @param seen     what it was.
     * @param reached  whether it was reached.
     * @return passed, or missed.
     */
    public static SelfTestFinding speed(String check, String expected, String seen, boolean reached) {
        return new SelfTestFinding(Kind.SPEED, check, expected, seen, reached ? Verdict.PASS : Verdict.MISS);
    }
}
