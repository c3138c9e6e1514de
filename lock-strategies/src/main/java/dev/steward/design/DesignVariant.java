package dev.steward.design;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;
import dev.steward.strategy.StrategyInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * A design with one of its circumstances changed: {@code streams-mutex:one-lookup} leaves the first look-up out,
 * {@code vmaster-rwsem:two-lookups} adds it, {@code streams-mutex:shared} has one streams lock for all SMMUs that get
 * their guards from this strategy.
 */
final class DesignVariant implements Strategy {
    private static final String ONE_LOOKUP = "one-lookup";
    private static final String TWO_LOOKUPS = "two-lookups";
    private static final String SHARED = "shared";

    private final StrategyInfo info;
    private final KernelDesign.DesignFactory factory;
    private final boolean twoLookUps;
    private final LockSupply locks;

    private DesignVariant(
        StrategyInfo info, KernelDesign.DesignFactory factory, boolean twoLookUps, LockSupply locks) {
        this.info = info;
        this.factory = factory;
        this.twoLookUps = twoLookUps;
        this.locks = locks;
    }

    static Strategy of(KernelDesign design, LookUps lookUps, KernelDesign.DesignFactory factory, String values) {
        String name = design.info().name();
        boolean two = lookUps.twoByDefault();
        boolean shared = false;
        List<String> allowed = allowed(design, lookUps);
        for (String value : values.split(":", -1)) {
            if (!allowed.contains(value)) {
                throw new IllegalArgumentException("'" + name + ":" + values + "': unknown variant '" + value
                    + "'; allowed: " + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
            }
            two = value.equals(TWO_LOOKUPS) || two && !value.equals(ONE_LOOKUP);
            shared |= value.equals(SHARED);
        }
        String suffix = (two == lookUps.twoByDefault() ? "" : two ? ":" + TWO_LOOKUPS : ":" + ONE_LOOKUP)
            + (shared ? ":" + SHARED : "");
        return suffix.isEmpty() ? design : new DesignVariant(
            design.info().toBuilder().renamed(name + suffix).build(), factory, two,
            shared ? new SharedStreamsLock() : LockSupply.PLAIN);
    }

    static List<String> allowed(KernelDesign design, LookUps lookUps) {
        List<String> allowed = new ArrayList<>();
        if (lookUps != LookUps.ONLY_ONE) {
            allowed.addAll(List.of(ONE_LOOKUP, TWO_LOOKUPS));
        }
        if (design.canShareStreamsLock()) {
            allowed.add(SHARED);
        }
        return allowed;
    }

    @Override
    public StrategyInfo info() {
        return info;
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return create(context, locks);
    }

    AttachmentGuard create(GuardContext context, LockSupply from) {
        return factory.create(new DesignParts(context, from, twoLookUps));
    }

    /** One streams lock for all guards, those of a rehearsal before included: it is free by then. */
    private static final class SharedStreamsLock implements LockSupply {
        private SectionLock streams;

        @Override
        public synchronized SectionLock create(LockClass lockClass, LockStrategy lock, int maxReaders) {
            if (lockClass != LockClass.STREAMS) {
                return LockSupply.PLAIN.create(lockClass, lock, maxReaders);
            }
            if (streams == null) {
                streams = LockSupply.PLAIN.create(lockClass, lock, maxReaders);
            }
            return streams;
        }
    }
}
