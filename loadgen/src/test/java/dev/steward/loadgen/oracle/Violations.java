package dev.steward.loadgen.oracle;

import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import java.util.EnumMap;
import java.util.Map;

/** What the oracles of the event side have caught. */
final class Violations {
    private Violations() {
    }

    /** Violations by oracle, without those that caught none. */
    static Map<Oracle, Long> of(EventOracles oracles) {
        Map<Oracle, Long> violations = new EnumMap<>(Oracle.class);
        for (OracleCount count : oracles.counts()) {
            if (count.violations() > 0) {
                violations.put(count.oracle(), count.violations());
            }
        }
        return violations;
    }
}
