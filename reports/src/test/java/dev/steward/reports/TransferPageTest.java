package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.TransferResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps the tables of the documentation to the transfer that is shipped; {@code -Dsteward.rewrite=true} writes the page
 * anew.
 */
class TransferPageTest {
    private static final Path SHIPPED = Path.of("..", "grids", "transfer.json");
    private static final Path PAGE = Path.of("..", "docs", "generated", "transfer.md");

    @Test
    void shouldFindPageOfRepositoryUpToDate() throws IOException {
        String page = TransferText.page(Transfers.read(SHIPPED));
        if (Boolean.getBoolean("steward.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("rewrite it with -Dsteward.rewrite=true").isEqualTo(page);
    }

    /** What is quoted can be found again, and is no beginning of a run. */
    @Test
    void shouldShipATransferOfACleanCommitThatSaysHowNoisyTheMachineWas() throws IOException {
        TransferResult shipped = TransferResult.read(SHIPPED);

        assertThat(shipped.commit()).matches("[0-9a-f]{12}");
        assertThat(shipped.generations()).isGreaterThanOrEqualTo(4);
        assertThat(shipped.environment()).anyMatch(fact -> fact.key().equals("noise"));
    }

    @Test
    void shouldShipATransferThatNoLockHasBroken() {
        Transfer shipped = Transfers.read(SHIPPED);

        assertThat(shipped.broken()).isFalse();
        assertThat(shipped.loads()).hasSizeGreaterThanOrEqualTo(3).allMatch(load -> load.locks() > 20);
    }
}
