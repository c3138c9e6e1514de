package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One oracle over all finished cells of a strategy, INVALID ones included: a violation is what makes a cell INVALID, so
 * leaving those out would make every oracle look silent.
 *
 * @param checks        made; 0 means that it did not run and says nothing
 * @param firstAtMs     earliest first violation after the start of a storm, or null
 */
public record OracleTotal(
    String name, long violations, long checks, int cells, Long firstAtMs, String meaning) {
    /**
     * Adds up.
     *
     * @param finished cells, valid or not
     */
    public static List<OracleTotal> of(Collection<CellResult> finished) {
        Map<String, OracleTotal> totals = new LinkedHashMap<>();
        for (CellResult cell : finished) {
            for (CellRecord.Oracle oracle : cell.json().oracles()) {
                totals.merge(oracle.name(), of(oracle), OracleTotal::plus);
            }
        }
        return List.copyOf(totals.values());
    }

    private static OracleTotal of(CellRecord.Oracle oracle) {
        return new OracleTotal(oracle.name(), oracle.violations(), oracle.checks(), oracle.violations() > 0 ? 1 : 0,
            oracle.firstAtMs(), oracle.meaning());
    }

    private OracleTotal plus(OracleTotal other) {
        return new OracleTotal(name, violations + other.violations, checks + other.checks, cells + other.cells,
            earlier(firstAtMs, other.firstAtMs), meaning);
    }

    private static Long earlier(Long a, Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }
}
