package dev.steward.reports;

import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Marks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything the page template prints. Text is escaped by the template; data, style and scripts are put in as they are
 * and are either our own or escaped for a script element.
 */
record Page(
    RunSet runs, List<Chapter> before, List<Chart> charts, List<HeatMap> maps, List<Part> parts, List<Chapter> after,
    List<Chart> threads, String dataJson) {
    /** What the page is about, in one line. */
    String title() {
        return runs.single() ? runs.runs().get(0).summary().run().name() : runs.runs().size() + " runs";
    }

    /** What stands after the runs: of all charts those over numbers of threads. */
    Part last() {
        return new Part(null, "", "", List.of(), List.of(), threads, RawLinks.NONE);
    }

    /** What the marks in the tables of some chapters mean; empty if none occurs. */
    static Optional<String> marks(List<Chapter> chapters) {
        return Marks.of(Chapter.blocksOf(chapters).toList());
    }

    /** The part about one run: prefix of its ids, empty for the first; scenario and host if there are several. */
    record Part(
        Run run, String prefix, String place, List<Chapter.Block> opening, List<Chapter> chapters, List<Chart> charts,
        RawLinks raw) {
        /** Chapters that are about no single run. */
        static final Part NONE = new Part(null, "", "", List.of(), List.of(), List.of(), RawLinks.NONE);

        /** The first sentence of the answer, for a part that is folded. */
        String answer() {
            return opening.stream().filter(Chapter.Statements.class::isInstance).map(Chapter.Statements.class::cast)
                .flatMap(statements -> statements.sentences().stream()).findFirst().orElse("");
        }

        /** What the marks in its tables mean; empty if none occurs. */
        Optional<String> marks() {
            return Marks.of(Stream.concat(opening.stream(), Chapter.blocksOf(chapters)).toList());
        }

        String name() {
            return place.isEmpty() ? run.summary().run().name() : place;
        }
    }
}
