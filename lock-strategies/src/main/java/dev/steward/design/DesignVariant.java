package dev.steward.design;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.Waiting;
import dev.steward.strategy.Dimension;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A design with one of its circumstances changed: {@code streams-mutex:one-lookup} skips the first look-up,
 * {@code v1-vdev-ops:two-lookups} adds it, {@code streams-mutex:shared} has one streams lock for all SMMUs that get
 * their guards from this strategy. {@code vmaster-rwsem:v2} is that design as it was posted first: one look-up, and its
 * semaphore around stalled faults, too. {@code streams-mutex:park} has locks that wait in another way, {@code
 * streams-rwsem:writers-first} one with another algorithm.
 */
record DesignVariant(
    StrategyDescription description, KernelDesign.DesignFactory factory, boolean twoLookUps, DesignParts.Locks locks)
    implements Strategy {
    static final String ONE_LOOKUP = "one-lookup";
    static final String TWO_LOOKUPS = "two-lookups";
    static final String V2 = "v2";
    /** Readers of two SMMUs have the same numbers: not for a lock that keeps something per reader. */
    static final String SHARED = "shared";

    /** Semaphores that prefer writers. */
    static final String WRITERS_FIRST = Dimension.RWSEM.other();
    /** How waiters of sleeping locks wait, other than by default. */
    static final String PARK = Waiting.PARK.word();
    static final String SPIN = Waiting.SPIN.word();
    static final String YIELD = Waiting.YIELD.word();
    private static final List<String> SHAPES = List.of(WRITERS_FIRST, PARK, SPIN, YIELD);
    private static final Set<String> WAYS = Set.of(PARK, SPIN, YIELD);

    static Strategy of(KernelDesign design, KernelDesign.DesignFactory factory, String values) {
        StrategyDescription plain = design.description();
        boolean twoByDefault = twoLookUps(design);
        boolean two = twoByDefault;
        boolean shared = false;
        Set<String> shapes = new LinkedHashSet<>();
        List<String> allowed = allowed(design);
        for (String value : values.split(":", -1)) {
            if (!allowed.contains(value)) {
                throw new IllegalArgumentException("'" + plain.name() + ":" + values + "': unknown variant '" + value
                    + "'; allowed: " + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
            }
            two = value.equals(TWO_LOOKUPS) || two && !value.equals(ONE_LOOKUP) && !value.equals(V2);
            shared |= value.equals(SHARED);
            if (SHAPES.contains(value)) {
                shapes.add(value);
            }
        }
        long ways = shapes.stream().filter(WAYS::contains).count();
        if (ways > 1 || ways == 1 && shapes.contains(WRITERS_FIRST)) {
            throw new IllegalArgumentException("'" + plain.name() + ":" + values + "': "
                + (ways > 1 ? "name one way of waiting" : WRITERS_FIRST + " has its own way of waiting"));
        }
        String fewer = design.variants().contains(V2) ? V2 : ONE_LOOKUP;
        String suffix = (two == twoByDefault ? "" : ":" + (two ? TWO_LOOKUPS : fewer))
            + (shared ? ":" + SHARED : "")
            + SHAPES.stream().filter(shapes::contains).map(shape -> ":" + shape).collect(Collectors.joining());
        DesignParts.Locks locks = DesignParts.plain(shapes);
        return suffix.isEmpty() ? design : new DesignVariant(
            plain.varied(plain.name() + suffix, plain.quiescence(), plain.allocationFree()),
            factory, two, shared ? new SharedStreamsLock(locks) : locks);
    }

    /** Whether the handler of a design looks the master up twice. */
    static boolean twoLookUps(KernelDesign design) {
        return design.variants().contains(ONE_LOOKUP) || design.variants().contains(V2);
    }

    /** Its variants, and the words for what it is without them. */
    private static List<String> allowed(KernelDesign design) {
        List<String> allowed = new ArrayList<>();
        if (design.variants().contains(ONE_LOOKUP) || design.variants().contains(TWO_LOOKUPS)) {
            allowed.addAll(List.of(ONE_LOOKUP, TWO_LOOKUPS));
        }
        if (design.variants().contains(V2)) {
            allowed.add(V2);
        }
        Stream.concat(Stream.of(SHARED), SHAPES.stream()).filter(design.variants()::contains).forEach(allowed::add);
        return allowed;
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return create(context, locks);
    }

    AttachmentGuard create(GuardContext context, DesignParts.Locks from) {
        return factory.create(new DesignParts(context, from, twoLookUps));
    }

    /** One streams lock for all guards, those of a rehearsal before included: it is free by then. */
    private static final class SharedStreamsLock implements DesignParts.Locks {
        private final DesignParts.Locks locks;
        private SectionLock streams;

        SharedStreamsLock(DesignParts.Locks locks) {
            this.locks = locks;
        }

        @Override
        public synchronized SectionLock create(String lockClass, LockStrategy lock, GuardContext context) {
            if (!lockClass.equals(DesignParts.STREAMS)) {
                return locks.create(lockClass, lock, context);
            }
            if (streams == null) {
                // It serves guards that come and go, so what it does is no figure of one of them.
                streams = locks.create(lockClass, lock, context.uncounted());
            }
            return streams;
        }
    }
}
