package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
    @ParameterizedTest
    @CsvSource({"5, 5, 1", "5, 99, 1", "5, 4, 2", "9, 3, 4", "30, 12, 3", "3, 2, 2"})
    void shouldKeepToTheMemoryAndHaveTheFirstInEachGroup(int contestants, int most, int groups) {
        List<Integer> all = IntStream.range(0, contestants).boxed().toList();
        List<List<Integer>> split = Groups.of(all, most);

        assertThat(split).hasSize(groups).allSatisfy(group ->
            assertThat(group).hasSizeBetween(2, most).startsWith(0).doesNotHaveDuplicates());
        Set<Integer> seen = split.stream().flatMap(List::stream).collect(Collectors.toSet());
        assertThat(seen).isEqualTo(new HashSet<>(all));
        assertThat(split.stream().mapToInt(List::size).sum()).isEqualTo(contestants + groups - 1);
    }

    @Test
    void shouldRefuseWhereNotEvenTwoFit() {
        assertThatThrownBy(() -> Groups.of(List.of(1, 2), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
