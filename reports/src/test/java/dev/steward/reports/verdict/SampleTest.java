package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.Fixture;
import dev.steward.reports.read.ResultFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    @TempDir
    Path folder;

    @Test
    void shouldLeaveTheCommitsOfUnsteadyAttachesOut() {
        List<CellGrade> steady = grades();
        CellGrade first = steady.get(0);
        List<CellGrade> oneUnsteady = new ArrayList<>(steady);
        oneUnsteady.set(0, new CellGrade(first.cell(), Map.of("attach", "its median falls"), Set.of()));
        String strategy = first.cell().json().strategy();
        String path = first.cell().json().path();

        int all = Sample.of(steady, strategy, path, Figure.COMMIT_P50).values().size();
        Sample fewer = Sample.of(oneUnsteady, strategy, path, Figure.COMMIT_P50);

        assertThat(all).isGreaterThan(1);
        assertThat(fewer.values()).hasSize(all - 1);
        assertThat(fewer.notes()).containsExactly("1 cell not steady");
        assertThat(Sample.of(oneUnsteady, strategy, path, Figure.EVENT_P50).values()).hasSize(all);
    }

    private List<CellGrade> grades() {
        Path run = Fixture.of(List.of("mutex"), List.of("inline"), 3).write(folder.resolve("run"));
        return CellGrade.of(ResultFolder.read(run));
    }
}
