package dev.steward.results;

/** What one check of the self-test found. */
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

        /** The word to print. */
        public String label() {
            return label;
        }
    }

    /** A check of truth. */
    public static SelfTestFinding truth(String check, String expected, String seen, Verdict verdict) {
        return new SelfTestFinding(Kind.TRUTH, check, expected, seen, verdict);
    }

    /** A figure without a goal. */
    public static SelfTestFinding shown(String check, String seen) {
        return new SelfTestFinding(Kind.FIGURE, check, "", seen, Verdict.PASS);
    }

    /** A goal of speed. */
    public static SelfTestFinding speed(String check, String expected, String seen, boolean reached) {
        return new SelfTestFinding(Kind.SPEED, check, expected, seen, reached ? Verdict.PASS : Verdict.MISS);
    }
}
