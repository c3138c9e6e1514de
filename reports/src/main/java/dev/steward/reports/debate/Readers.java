package dev.steward.reports.debate;

import dev.steward.reports.foreign.JmhResults;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.Units;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The question of several readers per SMMU, from the JMH benchmark of that name: the cells of a debate have one.
 *
 * @param table    of figures
 * @param inShort  the verdict in one sentence
 * @param verdicts in words, with every figure
 */
public record Readers(Table table, String inShort, List<String> verdicts) {
    /** The question. */
    public static final String QUESTION = "What would 2, 4, 8 readers per SMMU change?";

    /** The question in a few words. */
    public static final String LABEL = "Several readers for one SMMU";

    /** Copies the list. */
    public Readers {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Name of the file with the results of some readers.
     *
     * @param readers 1 or more
     * @return plain file name
     */
    public static String fileOf(int readers) {
        return "readers-" + readers + ".json";
    }

    /**
     * Reads what was measured.
     *
     * @param folder of a debate
     * @param counts numbers of readers that may have been measured
     * @param cores  of the machine: more readers than cores show the scheduler
     * @return the answer, or null if nothing was measured
     * @throws UnreadableResultsException with one line that names the file
     */
    public static Readers read(Path folder, List<Integer> counts, int cores) {
        Map<String, Map<Integer, Span>> byDesign = new LinkedHashMap<>();
        for (int count : counts) {
            Path file = folder.resolve(fileOf(count));
            if (Files.exists(file)) {
                resultsOf(file).results().forEach(result -> byDesign
                    .computeIfAbsent(result.params().get("strategy"), name -> new TreeMap<>())
                    .put(count, Span.of(result.values().stream().mapToDouble(Double::doubleValue).toArray())));
            }
        }
        List<Integer> measured = counts.stream()
            .filter(count -> byDesign.values().stream().anyMatch(spans -> spans.containsKey(count))).toList();
        return byDesign.isEmpty() ? null : new Readers(
            table(byDesign, measured), inShort(byDesign, cores), verdicts(byDesign, counts, cores));
    }

    private static JmhResults resultsOf(Path file) {
        try {
            return JmhResults.read(file);
        } catch (IOException e) {
            throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
        }
    }

    private static Table table(Map<String, Map<Integer, Span>> byDesign, List<Integer> counts) {
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("design", "", false)));
        counts.forEach(count -> columns.add(new Table.Column(count + (count == 1 ? " reader" : " readers"), "", true)));
        List<List<String>> rows = new ArrayList<>();
        byDesign.forEach((design, spans) -> {
            List<String> row = new ArrayList<>(List.of(design));
            counts.forEach(count -> row.add(
                spans.containsKey(count) ? Units.duration(spans.get(count).median()) : Units.NONE));
            rows.add(row);
        });
        return new Table("readers", QUESTION, "Time of one event (look-up and report) for each reader, median of the "
            + "iterations; readers of one SMMU, streams of all.", columns, List.of(new Table.Group("", rows)),
            List.of());
    }

    /** Of the largest number of readers that the machine has cores for. */
    private static String inShort(Map<String, Map<Integer, Span>> byDesign, int cores) {
        int most = byDesign.values().stream().flatMap(spans -> spans.keySet().stream())
            .filter(count -> count > 1 && count <= cores).mapToInt(Integer::intValue).max().orElse(0);
        List<String> words = new ArrayList<>();
        byDesign.forEach((design, spans) -> {
            if (spans.containsKey(1) && spans.containsKey(most)) {
                words.add(design + " " + times(spans, most));
            }
        });
        return words.isEmpty() ? "open, the machine has one core."
            : most + " together report, of the events of one, " + String.join(", ", words) + " times.";
    }

    private static String times(Map<Integer, Span> spans, int count) {
        return String.format(Locale.ROOT, "%.2f", count * spans.get(1).median() / spans.get(count).median());
    }

    private static List<String> verdicts(
        Map<String, Map<Integer, Span>> byDesign, List<Integer> counts, int cores) {
        List<String> words = new ArrayList<>();
        byDesign.forEach((design, spans) -> spans.forEach((count, span) -> {
            if (count > 1 && count <= cores && spans.containsKey(1)) {
                words.add(String.format(Locale.ROOT, "%s: %d readers together report %s times the events of one; each "
                    + "event takes %s, alone %s.", design, count, times(spans, count), span.text(),
                    spans.get(1).text()));
            }
        }));
        List<String> open = counts.stream().filter(count -> count > cores).map(String::valueOf).toList();
        if (!open.isEmpty()) {
            words.add("Open for " + String.join(" and ", open) + " readers: the machine has " + cores
                + (cores == 1 ? " core" : " cores") + ", and more readers than that would show its scheduler.");
        }
        return words;
    }
}
