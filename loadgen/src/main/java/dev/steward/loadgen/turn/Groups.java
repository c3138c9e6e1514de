package dev.steward.loadgen.turn;

import java.util.ArrayList;
import java.util.List;

/** Which contestants are live at the same time: all, or as many as fit into memory. */
public final class Groups {
    private Groups() {
    }

    /**
     * Splits contestants evenly; the first one is in every group, so that all can be compared through it.
     *
     * @param most that fit.
     * @throws IllegalArgumentException if not even two fit where there are two.
     */
    public static <T> List<List<T>> of(List<T> contestants, int most) {
        if (contestants.size() <= most) {
            return List.of(List.copyOf(contestants));
        }
        if (most < 2) {
            throw new IllegalArgumentException("fewer than two contestants fit");
        }
        int others = contestants.size() - 1;
        int groups = (others + most - 2) / (most - 1);
        List<List<T>> all = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            List<T> members = new ArrayList<>(List.of(contestants.get(0)));
            members.addAll(contestants.subList(1 + others * group / groups, 1 + others * (group + 1) / groups));
            all.add(members);
        }
        return all;
    }
}
