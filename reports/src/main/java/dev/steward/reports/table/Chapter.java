package dev.steward.reports.table;

import dev.steward.reports.summary.Forest;
import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.TradeOff;
import dev.steward.results.RunManifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A chapter of a report, the same whichever pen prints it.
 *
 * @param id     letters and dashes, for links
 * @param label  in the navigation of the page; empty if it does not stand there
 */
public record Chapter(String id, String title, String label, List<Block> blocks) {
    /** All that some chapters are made of. */
    public static Stream<Block> blocksOf(List<Chapter> chapters) {
        return chapters.stream().flatMap(chapter -> chapter.blocks().stream());
    }

    /** What a chapter is made of. */
    public sealed interface Block {
    }

    /** Sentences, each for itself. */
    public record Statements(List<String> sentences) implements Block {
    }

    /** Tables of figures. */
    public record Tables(List<Table> tables) implements Block {
    }

    /** The forest plot; one panel or more, of which each is drawn on a scale of its own. */
    public record Picture(String about, List<Forest> panels) implements Block {
    }

    /** Attaches against events, a picture for each path. */
    public record Scatter(List<TradeOff> tradeOffs) implements Block {
    }

    /** Cells that are not among the figures, in the order they ran; may be none. */
    public record Problems(List<Problem> problems) implements Block {
    }

    /** What the strategies are. */
    public record Strategies(List<RunManifest.StrategyInfo> strategies) implements Block {
    }

    /** Machine, JVM and run. */
    public record Facts(String about, List<RunManifest.EnvironmentEntry> facts) implements Block {
    }

    /** Every setting of the scenario. */
    public record Settings(String scenario, Map<String, String> settings) implements Block {
    }

    /** Points of a list. */
    public record Points(List<String> points) implements Block {
    }

    /** A command for a shell. */
    public record Command(String command) implements Block {
    }

    /** What only a page can show: text passes it over. */
    public enum PageOnly implements Block {
        /** The charts of the run. */
        CHARTS,
        /** Links to the files behind the figures. */
        RAW_FILES
    }
}
