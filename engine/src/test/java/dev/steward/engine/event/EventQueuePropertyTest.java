package dev.steward.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue against a model of a few lines that follows the words of the architecture (invariant I7). */
class EventQueuePropertyTest {
    private static final int STEPS = 20_000;

    private final EventRecord into = new EventRecord();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void shouldAgreeWithModel(int log2Size) {
        for (int maxStalls : new int[] {0, 1, 3}) {
            run(new EventQueue(log2Size, maxStalls), new Model(1 << log2Size, maxStalls), log2Size,
                new Random(log2Size * 31L + maxStalls));
        }
    }

    private void run(EventQueue queue, Model model, int log2Size, Random random) {
        int producedOfTen = 5;
        for (int step = 0; step < STEPS; step++) {
            if (step % 64 == 0) {
                producedOfTen = 2 + random.nextInt(7);
            }
            if (random.nextInt(10) < producedOfTen) {
                boolean stall = random.nextInt(3) == 0;
                EventRecord record = stall ? Events.stalled(step) : Events.plain(step);
                assertThat(queue.produce(record)).isEqualTo(model.produce(step, stall));
            } else if (random.nextInt(8) == 0) {
                assertThat(queue.acknowledgeOverflow()).isEqualTo(model.acknowledge());
            } else if (random.nextInt(8) == 0) {
                queue.releaseHeld();
                model.releaseHeld();
            } else {
                Long expected = model.consume();
                assertThat(queue.consume(into)).isEqualTo(expected != null);
                if (expected != null) {
                    assertThat(into.serial).isEqualTo(expected);
                }
            }
            assertSame(queue, model, log2Size);
        }
        assertThat(queue.produced()).isGreaterThan(STEPS / 10);
    }

    private static void assertSame(EventQueue queue, Model model, int log2Size) {
        int prod = QueueRegisters.prod(queue, log2Size);
        int cons = QueueRegisters.cons(queue, log2Size);
        assertThat(QueueRegisters.used(prod, cons, log2Size)).isEqualTo(model.inside.size());
        assertThat(queue.produced() - queue.consumed()).isEqualTo(model.inside.size());
        assertThat(QueueRegisters.overflowPending(prod, cons)).isEqualTo(model.pending);
        assertThat(queue.hasMore()).isEqualTo(!model.inside.isEmpty());
        assertThat(queue.held()).isEqualTo(model.held.size());
        assertThat(queue.discarded()).isEqualTo(model.discarded);
        assertThat(queue.overflows()).isEqualTo(model.overflows);
        assertThat(queue.interrupts()).isEqualTo(model.interrupts);
    }

    private static final class Model {
        private final Queue<Long> inside = new ArrayDeque<>();
        private final Queue<Long> held = new ArrayDeque<>();
        private final int size;
        private final int maxStalls;
        private boolean pending;
        private int seen;
        private long discarded;
        private long overflows;
        private long read;
        private long acknowledged;
        private long interrupts;

        Model(int size, int maxStalls) {
            this.size = size;
            this.maxStalls = maxStalls;
        }

        Production produce(long serial, boolean stall) {
            releaseHeld();
            if (inside.size() < size) {
                write(serial);
                return Production.WRITTEN;
            }
            if (stall && held.size() < maxStalls) {
                held.add(serial);
                return Production.HELD;
            }
            if (stall) {
                return Production.REFUSED;
            }
            discarded++;
            overflows += pending ? 0 : 1;
            pending = true;
            return Production.DISCARDED;
        }

        void releaseHeld() {
            while (!held.isEmpty() && inside.size() < size) {
                write(held.remove());
            }
        }

        /** PROD, and the flag with it, is read when all that was seen has been taken. */
        Long consume() {
            if (seen == 0) {
                seen = inside.size();
                read = overflows;
            }
            seen -= inside.isEmpty() ? 0 : 1;
            return inside.poll();
        }

        boolean acknowledge() {
            boolean any = read != acknowledged;
            acknowledged = read;
            pending = overflows != acknowledged;
            return any;
        }

        private void write(long serial) {
            interrupts += inside.isEmpty() ? 1 : 0;
            inside.add(serial);
        }
    }
}
