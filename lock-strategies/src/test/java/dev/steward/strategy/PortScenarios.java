package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.CTestStructure;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionGenerator;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.CTestConfiguration;
import org.jetbrains.lincheck.datastructures.RandomProvider;

/**
 * What the model checker runs over {@link Port}: the same scenarios for each guard that was added. It instruments the
 * classes once for a check, which takes longer than to look at a scenario, so that one check takes many guards.
 */
public final class PortScenarios extends ExecutionGenerator {
    private static final Deque<Entry> ENTRIES = new ArrayDeque<>();

    /** Called by the model checker. */
    public PortScenarios(CTestConfiguration configuration, CTestStructure structure, RandomProvider random) {
        super(configuration, structure);
    }

    static void clear() {
        ENTRIES.clear();
    }

    static int size() {
        return ENTRIES.size();
    }

    /**
     * Adds the scenarios of one guard.
     *
     * @param drops whether the vIOMMU that was replaced is dropped, which a guard that promises quiescence allows.
     */
    static void add(String name, Function<GuardContext, AttachmentGuard> guard, boolean drops) {
        ENTRIES.add(new Entry(guard, drops, readerBesideCommitter(name)));
        ENTRIES.add(new Entry(guard, drops, committersOfTwoStreams(name)));
    }

    @Override
    public ExecutionScenario nextExecution() {
        Entry next = ENTRIES.remove();
        Port.next(next.guard, next.drops);
        return next.scenario;
    }

    private static ExecutionScenario readerBesideCommitter(String name) {
        return new ExecutionScenario(
            List.of(actor("guard", name), actor("attach", 0)),
            List.of(
                List.of(actor("report", 0), actor("translate", 0), actor("quiesce")),
                List.of(actor("attach", 0), actor("detach", 0))),
            List.of(actor("translate", 0), actor("quiesce")), null);
    }

    private static ExecutionScenario committersOfTwoStreams(String name) {
        return new ExecutionScenario(
            List.of(actor("guard", name)),
            List.of(
                List.of(actor("report", 1), actor("quiesce")),
                List.of(actor("attach", 0)),
                List.of(actor("attach", 1))),
            List.of(actor("translate", 0), actor("translate", 1), actor("quiesce")), null);
    }

    private static Actor actor(String operation, Object... arguments) {
        return new Actor(Stream.of(Port.class.getMethods())
            .filter(method -> method.getName().equals(operation)).findAny().orElseThrow(), List.of(arguments));
    }

    private record Entry(Function<GuardContext, AttachmentGuard> guard, boolean drops, ExecutionScenario scenario) {
    }
}
