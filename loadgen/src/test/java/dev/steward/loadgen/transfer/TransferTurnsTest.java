package dev.steward.loadgen.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.transfer.TransferTurns.Entrant;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.Workload;
import dev.steward.results.LockFigure.World;
import dev.steward.results.TransferResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The order and the sum of turns, of contestants that take no time: a clock that the turns themselves move. */
class TransferTurnsTest {
    private static final long BUDGET_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<String> turns = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private long nowNs;

    private final class Fake implements Contestant {
        private final String name;
        private final double ns;

        Fake(String name, double ns) {
            this.name = name;
            this.ns = ns;
            open.add(name);
        }

        @Override
        public String play(String order, long limitMs) throws IOException {
            nowNs += TimeUnit.MILLISECONDS.toNanos(50);
            turns.add(name + " " + order);
            if (ns == 0) {
                throw new IOException("it does not work");
            }
            boolean caught = name.startsWith("unguarded") && order.contains("rate=unlimited");
            return "ns=" + ns + " operations=64 violations=" + (caught ? 3 : 0) + " commits=0 commit_ns=0.0";
        }

        @Override
        public void close() {
            open.remove(name);
        }
    }

    private Entrant entrant(World world, String lock, double ns) {
        return new Entrant(world, lock, lock, lock.startsWith("unguarded"),
            generation -> new Fake(lock + "-" + world, world == World.JVM ? ns + generation : ns));
    }

    private TransferTurns turnsOf(List<Entrant> entrants, long budgetNs) {
        return new TransferTurns(entrants, List.of(1, 0), budgetNs, 42, () -> nowNs);
    }

    private TransferTurns.Listener listener(TransferTurns run) {
        return new TransferTurns.Listener() {
            @Override
            public void said(String line) {
                told.add(line);
            }

            @Override
            public void generationEnded() {
                kept.add(run.figures().get(0).repeatsNs().size());
            }
        };
    }

    private TransferTurns taken(Entrant... entrants) throws Exception {
        TransferTurns run = turnsOf(List.of(entrants), BUDGET_NS);
        assertThat(run.run(listener(run))).isTrue();
        return run;
    }

    @Test
    void shouldGiveOneRepeatForEachGenerationOfJvms() throws Exception {
        TransferTurns run = taken(entrant(World.JVM, "mutex", 30), entrant(World.C, "mutex", 20));
        List<LockFigure> figures = run.figures();

        assertThat(figures).hasSize(2 * Load.ALL.size());
        assertThat(figures.get(0).repeatsNs()).hasSize(run.generations()).startsWith(31.0, 32.0, 33.0);
        assertThat(figures.get(1).repeatsNs()).hasSize(run.generations()).containsOnly(20.0);
        assertThat(figures).extracting(LockFigure::workload).contains(Workload.TRANSLATE, Workload.REPORT);
        assertThat(open).as("JVMs that are left").isEmpty();
    }

    @Test
    void shouldLetBothWorldsTakeTurnsInADrawnOrderThatTheSeedRepeats() throws Exception {
        taken(entrant(World.JVM, "mutex", 30), entrant(World.C, "mutex", 20), entrant(World.C, "ticket", 10));
        List<String> first = List.copyOf(turns);
        turns.clear();
        nowNs = 0;
        taken(entrant(World.JVM, "mutex", 30), entrant(World.C, "mutex", 20), entrant(World.C, "ticket", 10));

        assertThat(turns).isEqualTo(first);
        List<String> starts = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            boolean begins = i == 0 || !load(first.get(i - 1)).equals(load(first.get(i)));
            if (begins && first.get(i).contains("warmup_ms=10")) {
                starts.add(first.get(i).split(" ")[0]);
            }
        }
        assertThat(new HashSet<>(starts)).as("who goes first changes").hasSize(3);
    }

    private static String load(String turn) {
        return turn.substring(turn.indexOf(' '));
    }

    @Test
    void shouldGoOnWithoutWhatDoesNotWorkAndSayWhy() throws Exception {
        Entrant broken = new Entrant(World.C, "broken", null, false, generation -> new Fake("broken", 0));
        TransferTurns run = taken(entrant(World.JVM, "mutex", 30), broken);

        assertThat(run.missing()).containsExactly(
            new TransferResult.Missing(World.C, "broken", "it does not work"));
        assertThat(run.figures()).extracting(LockFigure::lock).containsOnly("mutex");
        assertThat(turns.stream().filter(turn -> turn.startsWith("broken"))).hasSize(3);
        assertThat(told).contains("broken (c) is out: it does not work")
            .anyMatch(line -> line.matches("generation 1 of \\d+: starting 1 JVM, for turns with 1 lock in C"))
            .anyMatch(line -> line.matches("generation 2 of \\d+: starting 1 JVM, for turns with 0 locks in C"));
    }

    @Test
    void shouldKeepWhatGaveNothingOnce() throws Exception {
        int[] turn = new int[1];
        Entrant starved = new Entrant(World.C, "starved", null, false, generation -> new Contestant() {
            private final Fake fake = new Fake("starved", 5);

            @Override
            public String play(String order, long limitMs) throws IOException {
                String answer = fake.play(order, limitMs);
                if (++turn[0] == 4) {
                    throw new IOException("a reader did nothing in 20 ms");
                }
                return answer;
            }

            @Override
            public void close() {
                fake.close();
            }
        });

        TransferTurns run = taken(entrant(World.JVM, "mutex", 30), starved);

        assertThat(run.missing()).isEmpty();
        assertThat(run.figures()).extracting(LockFigure::lock).contains("starved");
    }

    @Test
    void shouldLetTheOracleCatchWhatGuardsNothing() throws Exception {
        TransferTurns run = taken(entrant(World.JVM, "unguarded", 6), entrant(World.C, "unguarded", 3),
            entrant(World.C, "mutex", 20));

        assertThat(run.controls()).containsExactlyInAnyOrder(
            new TransferResult.Control(World.JVM, "unguarded", 3), new TransferResult.Control(World.C, "unguarded", 3));
    }

    @Test
    void shouldPlanMoreGenerationsForALargerBudgetAndRefuseATinyOne() {
        List<Entrant> one = List.of(entrant(World.JVM, "mutex", 30), entrant(World.C, "mutex", 20));

        assertThat(turnsOf(one, BUDGET_NS).planned()).isGreaterThan(TransferResult.FEWEST_GENERATIONS);
        assertThatThrownBy(() -> turnsOf(one, 1)).isInstanceOf(ScenarioException.class)
            .hasMessageMatching("--budget: too short for 1 lock, mutex and floors among them; at least \\d+ s, or "
                + "name fewer with --strategy");
    }

    @Test
    void shouldEndItsJvmsWhenItIsCancelled() throws Exception {
        TransferTurns[] run = new TransferTurns[1];
        Entrant cancelling = new Entrant(World.C, "last", null, false, generation -> {
            run[0].cancel();
            return new Fake("last", 1);
        });
        run[0] = turnsOf(List.of(entrant(World.JVM, "mutex", 30), cancelling), BUDGET_NS);

        assertThat(run[0].run(listener(run[0]))).isFalse();
        assertThat(run[0].figures()).isEmpty();
        assertThat(kept).isEmpty();
        assertThat(open).isEmpty();
    }

    @Test
    void shouldKeepTheGenerationsThatEndedBeforeItIsCancelled() throws Exception {
        TransferTurns[] run = new TransferTurns[1];
        Entrant cancelling = new Entrant(World.C, "last", null, false, generation -> {
            if (generation == 3) {
                run[0].cancel();
            }
            return new Fake("last", 1);
        });
        run[0] = turnsOf(List.of(entrant(World.JVM, "mutex", 30), cancelling), BUDGET_NS);

        assertThat(run[0].run(listener(run[0]))).isFalse();
        assertThat(kept).as("repeats after each generation").containsExactly(1, 2);
        assertThat(run[0].generations()).isEqualTo(2);
    }
}
