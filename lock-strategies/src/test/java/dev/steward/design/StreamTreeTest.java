package dev.steward.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StreamTreeTest {
    private final StreamTree tree = new StreamTree();

    @Test
    void shouldFindWhatAMapFindsAfterAnyInsertsAndRemoves() {
        Random random = new Random(7);
        TreeMap<Integer, Master> map = new TreeMap<>(Integer::compareUnsigned);
        for (int i = 0; i < 20_000; i++) {
            // Few ids around the sign change, so that they come and go often.
            int streamId = Integer.MIN_VALUE + random.nextInt(600) - 300;
            if (map.containsKey(streamId)) {
                map.remove(streamId);
                tree.remove(streamId);
            } else {
                StreamNode node = node(streamId);
                map.put(streamId, node.master());
                tree.insert(node);
            }
            int asked = Integer.MIN_VALUE + random.nextInt(600) - 300;
            assertThat(tree.find(asked)).isSameAs(map.get(asked));
            assertBalanced(map.size());
        }
        map.forEach((streamId, master) -> assertThat(tree.find(streamId)).isSameAs(master));
        assertThat(tree.size()).isEqualTo(map.size());
    }

    @Test
    void shouldStayBalancedWhenInsertedInOrderAndTakenOutFromOneEnd() {
        for (int streamId = 0; streamId < 4096; streamId++) {
            tree.insert(node(streamId));
            assertBalanced(streamId + 1);
        }
        for (int streamId = 0; streamId < 4096; streamId++) {
            tree.remove(streamId);
            assertThat(tree.find(streamId)).isNull();
            assertBalanced(4095 - streamId);
        }
    }

    @Test
    void shouldTakeNodesWithTwoChildrenOut() {
        List<Integer> streamIds = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            streamIds.add(i * 7);
            tree.insert(node(i * 7));
        }
        Collections.shuffle(streamIds, new Random(3));
        while (!streamIds.isEmpty()) {
            tree.remove(streamIds.remove(0));
            streamIds.forEach(left -> assertThat(tree.find(left).streamId()).isEqualTo(left));
        }
        assertThat(tree.height()).isZero();
    }

    private static StreamNode node(int streamId) {
        return new StreamNode(streamId, new Master(streamId, null, null));
    }

    /** Adelson-Velsky and Landis: below 1.4405 log2(n + 2). */
    private void assertBalanced(int size) {
        assertThat((double) tree.height()).isLessThanOrEqualTo(1.4405 * Math.log(size + 2) / Math.log(2));
    }
}
