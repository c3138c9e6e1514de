package dev.steward.cli;

import dev.steward.loadgen.run.Slo;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.Axis;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.reports.GuideText;
import dev.steward.reports.guide.Advice;
import dev.steward.reports.guide.Figures;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Question;
import dev.steward.results.GridData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which strategy to use, from a measured grid. */
@Command(
    name = "guide",
    sortOptions = false,
    description = "Say which strategy to use under a load, what it costs, and where the answer changes.")
final class GuideCommand extends RunCommand {
    private static final Map<String, String> OPTIONS = Map.of(
        "storm.rate", "--events", "churn.rate", "--attach", "smmus", "--handlers", "streams", "--streams",
        "section", "--section");

    @Option(names = "--events", paramLabel = "RATE", required = true, description = "Events per second and SMMU.")
    private String events;

    @Option(names = "--attach", paramLabel = "RATE", required = true, description = "Attaches per second and SMMU.")
    private String attach;

    @Option(names = "--handlers", paramLabel = "N", description = "Event handlers, one for each SMMU.")
    private String handlers;

    @Option(names = "--streams", paramLabel = "N",
        description = "Streams of an SMMU; needed where the grid has them as an axis, as the shipped one.")
    private String streams;

    @Option(names = "--section", paramLabel = "TIME",
        description = "Time that the report takes inside the section; needed likewise.")
    private String section;

    @Option(names = "--slo", paramLabel = "BOUND", description = "Bounds, for example event.p99.9<=20us.")
    private String slo;

    @Option(names = "--context", paramLabel = "WHERE", defaultValue = "threaded",
        description = "Where the handler runs: threaded or hardirq (default: ${DEFAULT-VALUE}).")
    private String context;

    @Option(names = "--report-sleeps", description = "The report may have to sleep.")
    private boolean reportSleeps;

    @Option(names = "--no-grace-period", description = "An attach must not wait for a grace period.")
    private boolean noGracePeriod;

    @Option(names = "--grid", paramLabel = "NAME|FILE|DIR", defaultValue = GridChoice.DEFAULT,
        description = "Measured grid: folder of a sweep or its grid.json (default: ${DEFAULT-VALUE}).")
    private String grid;

    @Option(names = "--measure", description = "Measure exactly this load here and now instead of interpolating.")
    private boolean measure;

    @Option(names = "--out", paramLabel = "DIR", description = "With --measure: new folder (default: results/guide).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Map<String, String> asked = asked();
        List<Question.Bound> bounds = bounds();
        boolean hardInterrupt = hardInterrupt();
        if (hardInterrupt && reportSleeps) {
            throw refusal(
                "--report-sleeps: nothing may sleep in a hard interrupt; leave it out, or say --context threaded");
        }
        // What is wrong is said before anything is measured.
        Path file = measure ? measured(complete(asked)) : GridChoice.measured(grid);
        GridData data = GridReader.read(file);
        Question question = new Question(numbers(data, asked), bounds, hardInterrupt, reportSleeps, noGracePeriod);
        Guide guide = new Guide(data);
        Guide.Outside outside = guide.outside(question.at());
        if (outside != null) {
            throw new ScenarioException(inOptions(outside) + (measure ? "" : "; --measure measures it here"));
        }
        Advice advice = guide.ask(question);
        print(GuideText.of(data, file.toString(), advice));
        return advice.options().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }

    private Map<String, String> asked() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("storm.rate", events);
        given.put("churn.rate", attach);
        given.put("smmus", handlers);
        given.put("streams", streams);
        given.put("section", section);
        Map<String, String> asked = new LinkedHashMap<>();
        given.forEach((key, value) -> put(asked, key, value, OPTIONS.get(key)));
        return asked;
    }

    /** A measurement takes what is not asked from nowhere: every axis of the grid needs a value. */
    private Map<String, String> complete(Map<String, String> asked) {
        SweepGrid definition = SweepGrid.read(GridChoice.definition(grid));
        for (Axis axis : definition.axes()) {
            if (!asked.containsKey(axis.key().key())) {
                throw new ScenarioException(OPTIONS.getOrDefault(axis.key().key(), axis.key().key())
                    + ": is not given, and the grid '" + definition.name() + "' has it as an axis");
            }
        }
        return asked;
    }

    /** The guide names settings, the user knows options. */
    private static String inOptions(Guide.Outside outside) {
        return outside.axis() == null ? outside.reason()
            : OPTIONS.getOrDefault(outside.axis(), outside.axis()) + " " + outside.reason();
    }

    private static void put(Map<String, String> asked, String key, String value, String option) {
        if (value != null) {
            asked.put(key, ScenarioBuilder.canonical(key, value, option));
        }
    }

    /** Settings that the grid has fixed must be as asked; the others become numbers. */
    private Map<String, Double> numbers(GridData data, Map<String, String> asked) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        asked.forEach((key, value) -> {
            boolean axis = data.axes().stream().anyMatch(one -> one.key().equals(key));
            String fixed = data.settings().get(key);
            if (axis) {
                numbers.put(key, Axis.numberOf(value, OPTIONS.get(key)));
            } else if (fixed == null || !ScenarioBuilder.canonical(key, fixed, "grid").equals(value)) {
                throw new ScenarioException(OPTIONS.get(key) + " " + value + " lies outside the grid '" + data.name()
                    + "', which has " + (fixed == null ? "no such axis" : fixed + " only")
                    + "; --measure measures it here");
            }
        });
        return numbers;
    }

    private List<Question.Bound> bounds() {
        return slo == null ? List.of() : Slo.parse(slo).bounds().stream().map(bound -> {
            String figure = bound.text().replaceAll("<.*", "");
            if (!Figures.names().contains(figure)) {
                throw new ScenarioException("--slo: no grid keeps " + figure + "; allowed: "
                    + String.join(", ", Figures.names()));
            }
            return new Question.Bound(figure, bound.limitNs());
        }).toList();
    }

    private boolean hardInterrupt() {
        return switch (context) {
            case "threaded" -> false;
            case "hardirq" -> true;
            default -> throw refusal("--context: '" + context + "' is none; allowed: threaded, hardirq");
        };
    }

    private Path measured(Map<String, String> asked) throws IOException {
        Path folder = out == null ? freeFolder("guide") : out;
        SweepGrid one = SweepGrid.read(GridChoice.definition(grid)).at(asked);
        if (!run(sweepOf(one, folder), folder)) {
            throw new IOException("the measurement did not come to its end; see " + folder);
        }
        return writeGrid(folder);
    }
}
