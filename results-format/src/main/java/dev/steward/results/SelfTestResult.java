package dev.steward.results;

import java.util.List;

/** All findings of a self-test, as {@code --json} writes them. Immutable. */
public record SelfTestResult(String format, int version, List<SelfTestFinding> findings) {
    /** Copies the list. */
    public SelfTestResult {
        findings = List.copyOf(findings);
    }

    /** Of the current version. */
    public static SelfTestResult of(List<SelfTestFinding> findings) {
        return new SelfTestResult("steward-selftest", 1, findings);
    }
}
