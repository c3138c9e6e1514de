package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.steward.catalog.AllVariants;
import dev.steward.design.KernelDesign;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.OffHeap;
import dev.steward.engine.stream.OffHeapWords;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every strategy and design of the registry against the sequential model of the port, under the interleavings that the
 * model checker (Lincheck) chooses. Each access to off-heap memory is a step of its own, so a record of four words can
 * be seen half written. One thread runs at a time: missing fences are for jcstress.
 *
 * <p>A failure names the guard in the first line of its scenario, {@code guard(NAME)}, and prints the interleaving.
 * {@code -Pall -Dsteward.explore=2000} looks at more of them for each scenario.
 */
@Tag("slow")
class PortModelCheckingTest {
    private static final int INTERLEAVINGS = Integer.getInteger("steward.explore", 4);
    private static final int INTERLEAVINGS_OF_CONTROL = 1_000;
    /** More than any right guard takes: a copy of a page, a look at each slot of the readers. */
    private static final int LOOP_BOUND = 10_000;

    /** Pattern of names, and why they are left out. */
    private static final Map<String, String> NOT_EXPLORED = Map.of(
        "pthread-.*", "waits in the C library, where the model checker can neither see a thread nor stop it",
        ".*:striped.*", "says which lock is for which stream; the lock is the same",
        ".*:master.*", "says which lock is for which stream; the lock is the same",
        ".*:shared", "one lock for the guards of several SMMUs; here there is one",
        ".*:(spin|yield)", "asks the same word in another rhythm; who parks is explored",
        "rcu-(table|page):.*", "grace periods of each kind are explored with rcu-entry");

    /** Seen to be broken by the controls. */
    private static final Predicate<Strategy> RIGHT = strategy -> strategy.description().family() != Family.FLOOR;

    /** Without variants, each of which is explored together with its default. */
    static Stream<String> names() {
        return explored().filter(one -> RIGHT.test(one.getPayload())).map(one -> plain(one.getName())).distinct();
    }

    private static String plain(String name) {
        return name.split(":")[0];
    }

    private static Stream<Named<Strategy>> explored() {
        return AllVariants.listed()
            .filter(one -> NOT_EXPLORED.keySet().stream().noneMatch(one.getName()::matches));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldAnswerAsModelDoes(String name) {
        PortScenarios.clear();
        explored().filter(one -> plain(one.getName()).equals(name)).forEach(one ->
            PortScenarios.add(one.getName(), one.getPayload()::create, promisesQuiescence(one.getPayload())));
        explore(INTERLEAVINGS);
    }

    private static boolean promisesQuiescence(Strategy strategy) {
        return strategy.description().quiescence() != Quiescence.NEVER;
    }

    /** Each algorithm of the registry is explored, and no reason has lost what it was for. */
    @Test
    void shouldLeaveNothingOutWithoutReason() {
        assertThat(AllVariants.listed().map(Named::getName).filter(name -> !name.contains(":")))
            .containsAll(Stream.concat(Stream.of(LockStrategy.values()), Stream.of(KernelDesign.values()))
                .map(strategy -> strategy.description().name()).toList())
            .filteredOn(name -> explored().noneMatch(one -> one.getName().equals(name)))
            .allMatch(name -> name.startsWith("pthread-"));
        assertThat(NOT_EXPLORED.keySet())
            .allMatch(names -> AllVariants.listed().anyMatch(one -> one.getName().matches(names)));
    }

    @ParameterizedTest
    @MethodSource("controls")
    void shouldFindWhatIsWrong(Function<GuardContext, AttachmentGuard> control) {
        PortScenarios.clear();
        PortScenarios.add("control", control, true);
        assertThatThrownBy(() -> explore(INTERLEAVINGS_OF_CONTROL))
            .isInstanceOf(AssertionError.class).hasMessageContaining("Invalid execution results");
    }

    static Stream<Named<Function<GuardContext, AttachmentGuard>>> controls() {
        Stream<Named<Function<GuardContext, AttachmentGuard>>> promisingNothing = explored()
            .filter(one -> !promisesQuiescence(one.getPayload()))
            .map(one -> Named.of(one.getName(), one.getPayload()::create));
        Strategy deferred = LockStrategy.RCU_ENTRY.variant("deferred");
        Function<GuardContext, AttachmentGuard> impatient = context -> new ForwardingGuard(deferred.create(context)) {
            @Override
            public void synchronize() {
                // forgotten
            }
        };
        Stream<Named<Function<GuardContext, AttachmentGuard>>> mistakes = Stream.of(BrokenLockGuard.Mistake.values())
            .map(mistake -> Named.of(mistake.name(), context -> new BrokenLockGuard(context, mistake)));
        return Stream.of(promisingNothing, mistakes, Stream.of(Named.of("deferred without synchronize", impatient)))
            .flatMap(Function.identity());
    }

    private static void explore(int interleavings) {
        // Its class asks the kernel for membarrier(2), which is none of the steps.
        AsymmetricFence.asymmetric();
        new ModelCheckingOptions()
            .executionGenerator(PortScenarios.class).iterations(PortScenarios.size())
            .invocationsPerIteration(interleavings).minimizeFailedScenario(false).loopBound(LOOP_BOUND)
            .sequentialSpecification(Port.Model.class)
            .addGuarantee(forClasses(OffHeapWords.class.getName()).allMethods().treatAsAtomic())
            .addGuarantee(forClasses(OffHeap.class.getName()).allMethods().ignore())
            .check(Port.class);
    }
}
