package dev.steward.engine;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs operations of a class beside each other under the interleavings that the model checker (Lincheck) chooses, and
 * holds the answers against a sequential model. Each access to off-heap memory is a step of its own.
 * {@code -Pall -Dsteward.explore=2000} looks at more.
 */
public final class Explorer {
    private static final int INTERLEAVINGS = Integer.getInteger("steward.explore", 20);

    /** More than anything right takes: a walk over the table of a queue. */
    private static final int LOOP_BOUND = 10_000;

    private Explorer() {
    }

    /**
     * Explores one scenario.
     *
     * @param type    has the operations, public and without arguments.
     * @param model   has the same ones, for one thread.
     * @param threads for each thread the names of its operations.
     * @param after   operations that follow alone, in this order.
     * @throws AssertionError with the interleaving, if one has an answer that the model cannot give, or hangs.
     */
    public static void explore(Class<?> type, Class<?> model, List<List<String>> threads, List<String> after) {
        new ModelCheckingOptions().iterations(0).invocationsPerIteration(INTERLEAVINGS).minimizeFailedScenario(false)
            .loopBound(LOOP_BOUND)
            .sequentialSpecification(model)
            // An assertion of the library keeps threads in a map, which the checker cannot follow.
            .addGuarantee(forClasses("com.lmax.disruptor.SingleProducerSequencer$ProducerThreadAssertion")
                .allMethods().ignore())
            .addGuarantee(forClasses(UnsafeBuffer.class.getName(), AtomicBuffer.class.getName())
                .allMethods().treatAsAtomic())
            .addCustomScenario(new ExecutionScenario(
                List.of(), threads.stream().map(names -> actors(type, names)).toList(), actors(type, after), null))
            .check(type);
    }

    private static List<Actor> actors(Class<?> type, List<String> names) {
        return names.stream().map(name -> {
            try {
                return new Actor(type.getMethod(name), List.of());
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(e);
            }
        }).toList();
    }
}
