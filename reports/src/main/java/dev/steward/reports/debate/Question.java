package dev.steward.reports.debate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.steward.results.JsonRefusal;
import dev.steward.results.TurnFigure;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One question of the debate as its YAML file asks it: either the grid of a sweep, whose keys the sweep reads, or a
 * benchmark; and under {@code answer} what is searched and what the page says of it.
 *
 * @param benchmark   that answers it, or null for a grid
 */
public record Question(String name, String description, Benchmark benchmark, Answer answer) {
    private static final ObjectMapper YAML =
        YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /** A benchmark of JMH, run once for each number of threads, rising from 1. */
    public record Benchmark(List<String> arguments, List<Integer> threads) {
        /** Where the results of a number of threads lie. */
        public static Path fileOf(Path folder, String question, int count) {
            return folder.resolve(question + "-" + count + ".json");
        }
    }

    /**
     * What the page says.
     *
     * @param label       the question in a few words
     * @param unit        what the searched axis is called behind a value, as in 4 SMMUs or 2us of section
     * @param generations generations of JVMs that take turns, 2 or more; 0 if it takes none
     * @param thresholds  one family: the intervals of all of them hold together
     * @param counts      questions that counting answers
     * @param movers      which settings move the thresholds, and how
     * @param notes       that stand beneath the answer
     * @param corrected   what an earlier page said and is wrong
     */
    record Answer(
        String label, String unit, int generations, List<Claim> thresholds, List<Count> counts, String movers,
        List<String> notes, List<String> corrected) {
        Answer {
            unit = unit == null ? "" : " " + unit;
            thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
            counts = counts == null ? List.of() : List.copyOf(counts);
            notes = notes == null ? List.of() : List.copyOf(notes);
            corrected = corrected == null ? List.of() : List.copyOf(corrected);
        }
    }

    /**
     * A sentence that holds from some value of the first axis on, which is the one that is searched.
     *
     * @param says      the sentence, with neither a value nor a full stop
     * @param figure    median that it is about, as {@link TurnFigure#label()}
     * @param path      null if the question has one only
     * @param of        strategy
     * @param against   strategy it is compared with, or null
     * @param byPercent the sentence holds if the figure is longer than with {@code against} by more
     * @param reachesNs the sentence holds if the figure is longer; in place of {@code against}
     * @param falls     true if the sentence holds where the figure is not longer, but shorter than that
     */
    record Claim(
        String says, String figure, String path, String of, String against, Double byPercent, Double reachesNs,
        boolean falls) {
        private static final double PERCENT = 100;

        Claim {
            if (says == null || figure == null || of == null
                || (against == null) != (byPercent == null) || (against == null) == (reachesNs == null)) {
                throw new IllegalArgumentException("a threshold has says, figure, of, and either against with "
                    + "byPercent or reachesNs");
            }
            TurnFigure.valueOf(figure.toUpperCase(Locale.ROOT));
        }

        TurnFigure median() {
            return TurnFigure.valueOf(figure.toUpperCase(Locale.ROOT));
        }

        /** Of the figure, or of its ratio, in logarithms. */
        double bound() {
            return against == null ? Math.log(reachesNs) : Math.log1p(byPercent / PERCENT);
        }
    }

    /**
     * A question that counting answers, over all that was delivered.
     *
     * @param asks   a question that is answered yes if there was one event
     * @param window of deliveries
     */
    record Count(String asks, String window) {
    }

    /** {@return generations of JVMs that are to take turns: 1 or more} */
    public int generations() {
        return Math.max(1, answer.generations());
    }

    /**
     * Reads a question.
     *
     * @throws UnreadableResultsException with one line that names the file
     */
    public static Question read(Path file) {
        try {
            JsonNode root = YAML.readTree(file.toFile());
            return new Question(root.path("name").asText(), root.path("description").asText(),
                YAML.treeToValue(root.get("benchmark"), Benchmark.class),
                YAML.treeToValue(root.required("answer"), Answer.class));
        } catch (JsonProcessingException e) {
            throw new UnreadableResultsException(
                file + ": " + JsonRefusal.of(e), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
        }
    }
}
