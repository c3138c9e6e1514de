package dev.steward.loadgen.disturb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.machine.CpuList;
import dev.steward.machine.Cpus;
import dev.steward.strategy.torture.GuardTorture;
import dev.steward.strategy.torture.TortureDisturber;
import dev.steward.strategy.torture.TortureSettings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The torture misses a mistake while its threads keep their CPUs, by construction, and finds it when they do not. */
@EnabledOnOs(OS.LINUX)
class DisturbedTortureTest {
    private static final long ENOUGH_READS = 200_000;
    private static final int FEW_STREAMS = 4;
    private static final int LOOKS = 60_000;
    private static final long LOOK_MS = 1;

    private final List<Integer> cpus = Cpus.allowed();

    @BeforeEach
    void needsTwoCpus() {
        assumeTrue(cpus.size() > 1);
    }

    @Test
    void shouldFindNothingWhileThreadsKeepTheirCpus() throws InterruptedException {
        assertThat(violations(EnumSet.noneOf(Disturbance.class))).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHUFFLE", "TAKE_CPUS"})
    void shouldFindWhatIsWrongWhenTheyDoNot(Disturbance disturbance) throws InterruptedException {
        assertThat(violations(EnumSet.of(disturbance))).isPositive();
    }

    private long violations(Set<Disturbance> disturbances) throws InterruptedException {
        Disturber disturber = new Disturber(disturbances, 1);
        TortureSettings settings =
            new TortureSettings(1, 1, FEW_STREAMS, 1, true, System::nanoTime, 0, new EachOnItsCpu(disturber));
        AtomicReference<PerCpuGuard> guard = new AtomicReference<>();
        Thread disturbs = new Thread(disturber);
        try (GuardTorture torture = new GuardTorture(context -> {
            guard.set(new PerCpuGuard(context, Collections.max(cpus) + 1));
            return guard.get();
        }, false, settings)) {
            torture.start();
            disturbs.start();
            for (int look = 0; torture.await(LOOK_MS) && torture.tally().violations() == 0 && look < LOOKS
                && (!disturbances.isEmpty() || torture.tally().reads() < ENOUGH_READS); look++) {
                // the threads work
            }
            guard.get().waitsForNobody = true;
            long violations = torture.tally().violations();
            torture.stop();
            return violations;
        } finally {
            disturber.stop();
            disturbs.join();
        }
    }

    /** Both threads on CPUs of their own, before they are disturbed. */
    private final class EachOnItsCpu implements TortureDisturber {
        private final Disturber disturber;
        private final AtomicInteger begun = new AtomicInteger();

        EachOnItsCpu(Disturber disturber) {
            this.disturber = disturber;
        }

        @Override
        public void begins() {
            assertThat(Cpus.bind(CpuList.set(List.of(cpus.get(begun.getAndIncrement()))))).isZero();
            disturber.begins();
        }

        @Override
        public void ends() {
            disturber.ends();
        }

        @Override
        public Runnable between(int thread) {
            return disturber.between(thread);
        }
    }
}
