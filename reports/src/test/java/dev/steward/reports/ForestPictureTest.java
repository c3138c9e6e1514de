package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.summary.Forest;
import dev.steward.results.TurnFigure;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForestPictureTest {
    /** As wide as a panel is on a phone. */
    private static final double WIDTH = 340;
    /** Of a letter of 12 pixels, with something to spare. */
    private static final double LETTER = 7.2;

    @Test
    void shouldKeepTheWordsOfTheAxisWithinThePicture() {
        Random random = new Random(17);
        for (int i = 0; i < 2000; i++) {
            double scale = Math.pow(10, 6 * random.nextDouble());
            Forest panel = new Forest("ring", TurnFigure.EVENT, "mutex", 600, List.of(),
                -1 - random.nextDouble() * scale, 1 + random.nextDouble() * scale);

            for (ForestPicture.Tick tick : new ForestPicture(panel).ticks()) {
                double at = WIDTH * Double.parseDouble(tick.across().replace("%", "")) / 100;
                double words = tick.text().length() * LETTER;
                double left = switch (tick.anchor()) {
                    case "start" -> at;
                    case "middle" -> at - words / 2;
                    default -> at - words;
                };
                assertThat(left).as(tick + " of " + panel).isBetween(0.0, WIDTH - words);
            }
        }
    }
}
