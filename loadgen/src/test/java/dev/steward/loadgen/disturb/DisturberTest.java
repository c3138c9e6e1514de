package dev.steward.loadgen.disturb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.machine.CpuList;
import dev.steward.machine.Scheduling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it asks of a system that is not there. */
class DisturberTest {
    private static final int STEPS = 400;
    private static final int FIRST = 10;
    private static final int LAST = 12;
    /** Only a test that fails takes so long. */
    private static final long LIMIT_S = 30;

    private final FakeThreads threads = new FakeThreads("2-5");
    private Disturber disturber;
    private int sleeps;
    /** Lines by step. */
    private final List<List<String>> steps = new ArrayList<>();

    @AfterEach
    void shouldLeaveNoThreadBoostedOrWithoutItsCpus() {
        if (disturber != null) {
            assertThat(threads.bound.values()).allMatch(threads.cpus()::equals);
            assertThat(threads.classes).doesNotContainValue(Disturbance.BOOSTED);
        }
    }

    @Test
    void shouldMoveThreadsToOtherCpus() {
        run(Disturbance.SHUFFLE);

        assertThat(steps).allMatch(step -> step.size() == 1);
        assertThat(disturber.counts()).containsOnlyKeys(Disturbance.SHUFFLE)
            .containsEntry(Disturbance.SHUFFLE, (long) STEPS);
        for (int thread = FIRST; thread <= LAST; thread++) {
            String start = thread + " on ";
            List<String> moves =
                steps.stream().map(step -> step.get(0)).filter(line -> line.startsWith(start)).toList();
            assertThat(moves).contains(start + 2, start + 3, start + 4, start + 5);
            for (int i = 1; i < moves.size(); i++) {
                assertThat(moves.get(i)).as("move %d", i).isNotEqualTo(moves.get(i - 1));
            }
        }
    }

    @Test
    void shouldTakeSomeCpusAndGiveThemBack() {
        run(Disturbance.TAKE_CPUS);

        for (int i = 0; i < STEPS; i++) {
            String cpus = steps.get(i).get(0).replace("10 on ", "");
            assertThat(steps.get(i)).containsExactly("10 on " + cpus, "11 on " + cpus, "12 on " + cpus);
            assertThat(cpus.equals("2-5")).as("step %d", i).isEqualTo(i % 2 == 1);
        }
        assertThat(steps.stream().map(step -> step.get(0))).contains("10 on 2", "10 on 5", "10 on 2-4", "10 on 3,5");
        assertThat(disturber.counts()).containsEntry(Disturbance.TAKE_CPUS, STEPS / 2L);
    }

    @Test
    void shouldGiveAThreadThatComesLaterOnlyTheCpusThatAreLeft() {
        threads.meanwhile = () -> {
            if (sleeps == 2) {
                threads.own = LAST + 1;
                disturber.begins();
                assertThat(threads.bound.get(LAST + 1)).isEqualTo(threads.bound.get(FIRST))
                    .isNotEqualTo(threads.cpus());
            }
        };
        run(Disturbance.TAKE_CPUS);

        assertThat(threads.bound).containsKey(LAST + 1);
    }

    @Test
    void shouldMoveThreadsOnlyToCpusThatAreLeft() {
        run(Disturbance.SHUFFLE, Disturbance.TAKE_CPUS);

        BitSet left = threads.cpus();
        for (List<String> step : steps) {
            BitSet cpus = step.isEmpty() ? left : cpusOf(step.get(0));
            if (step.size() > 1) {
                left = cpus;
            }
            BitSet taken = (BitSet) cpus.clone();
            taken.andNot(left);
            assertThat(taken.cardinality()).as("%s, left %s", step, left).isZero();
        }
        assertThat(steps).anyMatch(List::isEmpty).as("no other CPU is left");
    }

    private static BitSet cpusOf(String line) {
        return CpuList.set(CpuList.parse(line.replaceAll(".* on ", "")));
    }

    @Test
    void shouldBoostOneAtATimeAndLetItFallBack() {
        threads.classes.put(FIRST, Scheduling.of("nice:5"));
        threads.classes.put(LAST, Scheduling.of("fifo:50"));
        run(Disturbance.BOOST);

        assertThat(steps.get(0)).hasSizeLessThanOrEqualTo(1);
        for (int i = 1; i < STEPS; i++) {
            List<String> before = steps.get(i - 1);
            boolean raised = !before.isEmpty() && before.get(before.size() - 1).endsWith(" as fifo:60");
            assertThat(steps.get(i).stream().filter(line -> !line.endsWith("fifo:60")).count())
                .isEqualTo(raised ? 1 : 0);
        }
        assertThat(threads.asked).contains("10 as fifo:60", "10 as nice:5", "11 as fifo:60", "11 as other")
            .doesNotContain("12 as fifo:60");
        assertThat(threads.classes).containsEntry(FIRST, Scheduling.of("nice:5"))
            .containsEntry(11, Scheduling.ORDINARY).containsEntry(LAST, Scheduling.of("fifo:50"));
        assertThat(disturber.counts().get(Disturbance.BOOST))
            .isEqualTo(threads.asked.stream().filter(line -> line.endsWith("fifo:60")).count());
    }

    /** One that spins would keep it from its CPU. */
    @Test
    void shouldRunAboveWhatItBoosts() {
        run(Disturbance.BOOST);

        assertThat(threads.asked).startsWith("0 as fifo:70");
    }

    @Test
    void shouldStopThreadsBetweenTwoOperationsAndLetThemGoOn() throws InterruptedException {
        disturber = new Disturber(EnumSet.of(Disturbance.STUTTER), 42, threads);
        CountDownLatch stands = new CountDownLatch(1);
        Thread stopped = new Thread(disturber.between(0));
        stopped.start();
        stopped.join();
        Thread standing = new Thread(disturber.between(1));
        threads.meanwhile = () -> {
            if (Thread.currentThread() == standing) {
                stands.countDown();
            } else if (++sleeps == 2) {
                standing.start();
                soon(() -> stands.await(LIMIT_S, TimeUnit.SECONDS));
            } else if (sleeps == 3) {
                soon(() -> {
                    standing.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
                    return !standing.isAlive();
                });
                disturber.stop();
            }
        };
        disturber.run();

        assertThat(disturber.counts()).containsEntry(Disturbance.STUTTER, 1L);
    }

    private static void soon(Callable<Boolean> happens) {
        try {
            assertThat(happens.call()).isTrue();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLetThreadsSleepNowAndThenByItsSeed() {
        disturber = new Disturber(EnumSet.of(Disturbance.JITTER), 42, threads);
        Runnable between = disturber.between(7);
        for (int i = 0; i < 100 * Disturber.JITTER_ONE_IN; i++) {
            between.run();
        }
        List<String> slept = List.copyOf(threads.asked);

        // Binomial, mean 100: five standard deviations.
        assertThat(slept.size()).isBetween(50, 150);
        assertThat(disturber.counts()).containsEntry(Disturbance.JITTER, (long) slept.size());
        assertThat(slept.stream().mapToLong(line -> Long.parseLong(line.replace("sleep ", ""))).max().orElseThrow())
            .isBetween(Disturber.LONGEST_JITTER_NS / 2L, (long) Disturber.LONGEST_JITTER_NS);

        threads.asked.clear();
        Runnable same = new Disturber(EnumSet.of(Disturbance.JITTER), 42, threads).between(7);
        for (int i = 0; i < 100 * Disturber.JITTER_ONE_IN; i++) {
            same.run();
        }
        assertThat(threads.asked).isEqualTo(slept);
    }

    /** Its number may be another thread's by then. */
    @Test
    void shouldLeaveAThreadAloneThatHasEnded() {
        boolean[] ended = new boolean[1];
        threads.meanwhile = () -> {
            if (!ended[0] && sleeps > STEPS / 4 && Disturbance.BOOSTED.equals(threads.classes.get(FIRST))) {
                ended[0] = true;
                threads.own = FIRST;
                disturber.ends();
                threads.bound.remove(FIRST);
                threads.classes.remove(FIRST);
            }
        };
        run(Disturbance.SHUFFLE, Disturbance.TAKE_CPUS, Disturbance.BOOST, Disturbance.STUTTER);

        assertThat(ended[0]).isTrue();
        assertThat(steps.subList(0, STEPS / 4).toString()).contains("10 on ").contains("10 as ");
        assertThat(threads.bound).doesNotContainKey(FIRST);
        assertThat(threads.classes).doesNotContainKey(FIRST);
    }

    /** A cell that fails interrupts its threads. */
    @Test
    void shouldEndWhenItIsInterrupted() {
        threads.meanwhile = () -> {
            if (sleeps == 5) {
                Thread.currentThread().interrupt();
            }
        };
        run(Disturbance.SHUFFLE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(disturber.counts()).containsEntry(Disturbance.SHUFFLE, 4L);
    }

    @Test
    void shouldDoNothingWhenNothingIsAskedFor() {
        disturber = new Disturber(EnumSet.noneOf(Disturbance.class), 42, threads);
        disturber.begins();
        disturber.between(0).run();
        disturber.run();
        disturber.ends();

        assertThat(threads.asked).isEmpty();
        assertThat(disturber.counts()).isEmpty();
    }

    private void run(Disturbance... what) {
        Runnable also = threads.meanwhile;
        disturber = new Disturber(EnumSet.copyOf(List.of(what)), 42, threads);
        for (threads.own = FIRST; threads.own <= LAST; threads.own++) {
            disturber.begins();
        }
        int[] from = new int[1];
        threads.meanwhile = () -> {
            List<String> done = List.copyOf(threads.asked);
            if (sleeps++ > 0) {
                steps.add(done.subList(from[0], done.size() - 1));
            }
            from[0] = done.size();
            also.run();
            if (sleeps > STEPS) {
                disturber.stop();
            }
        };
        disturber.run();
    }
}
