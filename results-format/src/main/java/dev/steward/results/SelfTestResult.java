package dev.steward.results;

import java.util.List;

/**
 * All findings of a self-test, as {@code --json} writes them. Immutable.
 *
 * @param format   always {@code steward-selftest}
 * @param version  of the format
 * @param findings in the order they were made
 */
public record SelfTestResult(String format, int version, List<SelfTestFinding> findings) {
    /** Copies the list. */
    public SelfTestResult {
        findings = List.copyOf(findings);
    }

    /**
     * Of the current version.
     *
     * @param findings in the order they were made
     * @return the result
     */
    public static SelfTestResult of(List<SelfTestFinding> findings) {
        return new SelfTestResult("steward-selftest", 1, findings);
    }
}
