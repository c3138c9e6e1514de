package dev.steward.loadgen.scenario;

import dev.steward.machine.CpuList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the threads of a role may run.
 *
 * @param manner how their CPUs are chosen.
 * @param cpus   in the order in which threads get them; of a list only.
 */
public record Pin(Manner manner, List<Integer> cpus) {
    /** The ways to choose. */
    public enum Manner {
        /** By the plan of the suite. */
        AUTO,
        /** Not bound. */
        NONE,
        /** CPUs as next to each other as there are: threads of a core first. */
        COMPACT,
        /** CPUs as far from each other as there are. */
        SPREAD,
        /** On the last-level cache of the handler. */
        SAME_LLC,
        /** On another memory node than the handler. */
        OTHER_NODE,
        /** As listed. */
        LIST;

        /** Whether a CPU has to be found for it. */
        public boolean asks() {
            return this != AUTO && this != NONE;
        }

        /** As a scenario writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Copies the list. */
    public Pin {
        cpus = List.copyOf(cpus);
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException with the end of a sentence that begins with the text.
     */
    public static Pin of(String text) {
        return Arrays.stream(Manner.values()).filter(one -> one != Manner.LIST && one.word().equals(text)).findFirst()
            .map(one -> new Pin(one, List.of())).orElseGet(() -> new Pin(Manner.LIST, CpuList.parse(text)));
    }
}
