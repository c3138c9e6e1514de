package dev.steward.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class StallTagsTest {
    private static final int STREAM = 0x8000_0010;
    private static final int TRANSACTIONS = 60_000;
    /** Fewer transactions where each has to wait for a CPU. */
    private static final long ENOUGH_NS = 20_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 64, 65_535, 65_536})
    void shouldHandOutEachTagOnceAndThenNone(int max) {
        StallTags tags = new StallTags(max);
        for (int round = 0; round < 3; round++) {
            Set<Integer> out = new HashSet<>();
            for (int i = 0; i < max; i++) {
                out.add(tags.take(STREAM));
            }
            assertThat(out).hasSize(max).allMatch(tag -> tag >= 0 && tag < max);
            assertThat(tags.take(STREAM)).isEqualTo(StallTags.NONE);
            assertThat(tags.outstanding()).isEqualTo(max);
            assertThat(out).allMatch(tag -> tags.resume(STREAM, tag));
            assertThat(tags.outstanding()).isZero();
        }
        assertThat(tags.taken()).isEqualTo(3L * max);
    }

    @Test
    void shouldRefuseAResumeOfWhatIsNotStalled() {
        StallTags tags = new StallTags(4);
        assertThat(tags.resume(STREAM, 0)).as("never stalled").isFalse();
        int tag = tags.take(STREAM);
        assertThat(tags.resume(STREAM + 1, tag)).as("of another stream").isFalse();
        assertThat(tags.resume(STREAM, tag + 1)).as("another tag").isFalse();
        assertThat(tags.outstanding()).isOne();
        assertThat(tags.resume(STREAM, tag)).isTrue();
        assertThat(tags.resume(STREAM, tag)).as("twice").isFalse();
        assertThat(tags.resume(STREAM, 4)).as("beyond the last").isFalse();
        assertThat(tags.resume(STREAM, StallTags.NONE)).isFalse();
    }

    @Test
    void shouldTellStreamZeroFromNoTransaction() {
        StallTags tags = new StallTags(1);
        assertThat(tags.resume(0, 0)).isFalse();
        assertThat(tags.resume(0, tags.take(0))).isTrue();
    }

    @Test
    void shouldReuseTheTagThatHasBeenFreeForLongest() {
        StallTags tags = new StallTags(3);
        int first = tags.take(STREAM);
        tags.resume(STREAM, first);
        assertThat(tags.take(STREAM)).isNotEqualTo(first);
        assertThat(tags.take(STREAM)).isNotEqualTo(first);
        assertThat(tags.take(STREAM)).isEqualTo(first);
    }

    @Test
    void shouldRefuseALimitThatNoRegisterCanSay() {
        assertThatThrownBy(() -> new StallTags(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StallTags(65_537))
            .hasMessage("most stalled transactions 65537 is not in 0..65536");
    }

    @Test
    void shouldDoAsASetOfTagsDoes() {
        Random random = new Random(7);
        StallTags tags = new StallTags(5);
        Map<Integer, Integer> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            int streamId = random.nextInt(3);
            if (random.nextBoolean()) {
                int tag = tags.take(streamId);
                assertThat(tag == StallTags.NONE).isEqualTo(model.size() == 5);
                assertThat(tag == StallTags.NONE || model.put(tag, streamId) == null).isTrue();
            } else {
                int tag = random.nextInt(5);
                assertThat(tags.resume(streamId, tag)).isEqualTo(model.remove(tag, streamId));
            }
            assertThat(tags.outstanding()).isEqualTo(model.size());
        }
    }

    /** Each transaction has a StreamID of its own: a tag handed out while it is out would make a RESUME miss. */
    @Test
    void shouldHandOutNoTagTwiceWhileSeveralThreadsResume() throws InterruptedException {
        int max = 6;
        int threads = 3;
        StallTags tags = new StallTags(max);
        AtomicLong resumed = new AtomicLong();
        AtomicLong lost = new AtomicLong();
        List<Queue<Integer>> posts = new ArrayList<>();
        List<Thread> resumers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ArrayBlockingQueue<Integer> post = new ArrayBlockingQueue<>(max + 1);
            posts.add(post);
            Thread resumer = new Thread(() -> {
                for (int streamId = take(post); streamId >= 0; streamId = take(post)) {
                    int tag = take(post);
                    (tags.resume(streamId, tag) ? resumed : lost).incrementAndGet();
                }
            });
            resumers.add(resumer);
            resumer.start();
        }
        int transactions = 0;
        long beginNs = System.nanoTime();
        while (transactions < TRANSACTIONS && System.nanoTime() - beginNs < ENOUGH_NS) {
            int streamId = transactions++;
            int tag;
            while ((tag = tags.take(streamId)) == StallTags.NONE) {
                Thread.yield();
            }
            put(posts.get(streamId % threads), streamId);
            put(posts.get(streamId % threads), tag);
        }
        posts.forEach(post -> put(post, -1));
        for (Thread resumer : resumers) {
            resumer.join();
        }
        assertThat(lost.get()).isZero();
        assertThat(resumed.get()).isEqualTo(transactions).isEqualTo(tags.taken());
        assertThat(tags.outstanding()).isZero();
    }

    private static int take(Queue<Integer> post) {
        Integer taken;
        while ((taken = post.poll()) == null) {
            Thread.yield();
        }
        return taken;
    }

    private static void put(Queue<Integer> post, int value) {
        while (!post.offer(value)) {
            Thread.yield();
        }
    }

    @Test
    void shouldNotAllocate() {
        StallTags tags = new StallTags(8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                tags.resume(STREAM, tags.take(STREAM));
                tags.resume(STREAM, 3);
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(fewest).isZero();
    }
}
