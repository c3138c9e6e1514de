package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.design.KernelDesign;
import dev.steward.strategy.LockStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dsteward.rewrite=true} writes the page anew. */
class StrategyPageTest {
    private static final Path PAGE = Path.of("../docs/generated/strategies.md");

    @Test
    void shouldFindPageOfRepositoryUpToDate() throws IOException {
        if (Boolean.getBoolean("steward.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, StrategyPage.markdown());
        }
        assertThat(Files.readString(PAGE)).as("rewrite it with -Dsteward.rewrite=true")
            .isEqualTo(StrategyPage.markdown());
    }

    @Test
    void shouldTellAllOfEachStrategyAndDesign() {
        String page = StrategyPage.markdown();
        for (LockStrategy strategy : LockStrategy.values()) {
            assertThat(page).contains("\n### " + strategy.description().name() + "\n",
                strategy.description().readerWrites(), strategy.description().notModelled());
        }
        for (KernelDesign design : KernelDesign.values()) {
            assertThat(page).contains("\n### " + design.description().name() + "\n", design.point().differs());
        }
        assertThat(page).contains("| W5 | vDEVICE gone while attached | nobody | nobody | A, by the old id |",
            "| nothing sleeps under a spinning lock | all but `table-rwlock`, `draft-rwsem-lookup` |",
            "- **variants:** smmu|striped&lt;n>|master : spin|yield\n",
            "- **variants:** smmu|striped&lt;n>|master : spin-park|park|spin|yield\n").doesNotContain("{{");
    }
}
