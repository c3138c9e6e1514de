package dev.steward.reports.debate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One question of the debate as its YAML file asks it: either the grid of a sweep, whose keys the sweep reads, or a
 * benchmark; and under {@code answer} what the page says of it.
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

    /** What the page says; the columns of the table by the names of {@link Columns}. */
    record Answer(String label, List<String> table, List<Claim> claims, List<String> notes) {
        Answer {
            table = table == null ? List.of() : List.copyOf(table);
            claims = claims == null ? List.of() : List.copyOf(claims);
            notes = notes == null ? List.of() : List.copyOf(notes);
        }
    }

    /**
     * A question that is answered by comparing one figure of pairs: each design with one other at the same point, or
     * with itself at the first point. Its pairs are one family.
     *
     * @param asks     a question that is answered yes where the verdict is {@code yes}
     * @param against  design, or null for the same at the first point
     * @param at       {@code last} for the last point only, null for all
     * @param window   of deliveries to count in place of comparing a figure, or null
     */
    record Claim(
        String asks, String figure, List<String> of, String against, String at, String yes, String window,
        boolean headline) {
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
                file + ": " + e.getOriginalMessage().lines().findFirst().orElse("not YAML"), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
        }
    }
}
