package dev.steward.cli;

import dev.steward.loadgen.run.Slo;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.Axis;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.reports.GuideText;
import dev.steward.reports.document.GuideDocument;
import dev.steward.reports.guide.Advice;
import dev.steward.reports.guide.Figures;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Question;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.GridData;
import dev.steward.results.GridLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which strategy to use, from a measured grid. */
@Command(
    name = "guide",
    sortOptions = false,
    description = "Say which strategy to use under a load, what it costs, and where the answer changes.")
final class GuideCommand extends RunCommand {
    private static final Map<String, String> OPTIONS = Map.of(
        "storm.rate", "--events", "churn.rate", "--attach", "smmus", "--handlers", "streams", "--streams",
        "section", "--section", "storm.atOnce", "--event-burst", "churn.atOnce", "--attach-burst");

    @Option(names = "--events", paramLabel = "RATE",
        description = "Events per second and SMMU; needed where the grid has them as an axis, as the shipped one.")
    private String events;

    @Option(names = "--attach", paramLabel = "RATE",
        description = "Attaches per second and SMMU; needed likewise.")
    private String attach;

    @Option(names = "--handlers", paramLabel = "N", description = "Event handlers, one for each SMMU.")
    private String handlers;

    @Option(names = "--streams", paramLabel = "N",
        description = "Streams of an SMMU; needed likewise.")
    private String streams;

    @Option(names = "--section", paramLabel = "TIME",
        description = "Time that the report takes inside the section; needed likewise.")
    private String section;

    @Option(names = "--event-burst", paramLabel = "N",
        description = "Events that come at the same instant (default: 1).")
    private String eventBurst;

    @Option(names = "--attach-burst", paramLabel = "N",
        description = "Attaches that come at the same instant (default: 1).")
    private String attachBurst;

    @Option(names = "--slo", paramLabel = "BOUND", description = "Bounds, for example event.raw.p50<=20us; of tails "
        + "only where the grid was measured with a core per thread.")
    private String slo;

    @Option(names = "--context", paramLabel = "WHERE", defaultValue = "threaded",
        description = "Where the handler runs: threaded or hardirq (default: ${DEFAULT-VALUE}).")
    private String context;

    @Option(names = "--report-never-sleeps",
        description = "The report never sleeps; that of the driver may: it allocates.")
    private boolean reportNeverSleeps;

    @Option(names = "--attach-waits", paramLabel = "FOR", defaultValue = "grace-period",
        description = "The longest that an attach may wait for: nothing, holder, report or grace-period "
            + "(default: ${DEFAULT-VALUE}).")
    private String attachWaits;

    @Option(names = "--grid", paramLabel = "NAME|FILE|DIR", defaultValue = GridChoice.DEFAULT,
        description = "Measured grid: folder of a sweep or its grid.json (default: ${DEFAULT-VALUE}).")
    private String grid;

    @Option(names = "--measure", description = "Measure exactly this load here and now instead of interpolating.")
    private boolean measure;

    @Option(names = "--out", paramLabel = "DIR",
        description = "With --measure: new folder, or one to resume (default: results/guide, numbered if that "
            + "exists).")
    private Path out;

    @Mixin
    private JsonOption json;

    /** What a measurement tells meanwhile is no part of a document. */
    @Override
    boolean isQuiet() {
        return json.wanted() || super.isQuiet();
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> asked = asked();
        List<Question.Bound> bounds = bounds();
        boolean hardInterrupt = hardInterrupt();
        if (hardInterrupt && !reportNeverSleeps) {
            throw refusal("--context hardirq: nothing may sleep in a hard interrupt, and this driver's report may; say "
                + "--report-never-sleeps as well if yours does not");
        }
        if (!Question.ATTACH_WAITS.contains(attachWaits)) {
            throw refusal("--attach-waits: '" + attachWaits + "' is none; allowed: "
                + String.join(", ", Question.ATTACH_WAITS));
        }
        // What is wrong is said before anything is measured.
        Path file = measure ? measured(complete(asked), bounds) : GridChoice.measured(grid);
        GridData data = GridEnds.withRates(GridReader.read(file));
        alone(asked, key -> data.axis(key) != null);
        requireAll(data.name(), data.axes().stream().filter(axis -> axis.values().size() > 1)
            .map(GridData.AxisData::key), asked);
        GridEnds ends = new GridEnds(data, OPTIONS, asked);
        Question question = new Question(ends.at(), bounds, hardInterrupt, !reportNeverSleeps, attachWaits);
        refuseTails(data.coreForEachThread(), "the machine of the grid '" + data.name() + "'", bounds);
        Guide guide = new Guide(data);
        bounds.stream().filter(bound -> !guide.figures().contains(bound.figure())).findFirst().ifPresent(bound -> {
            throw new ScenarioException("--slo: the grid '" + data.name() + "' does not know " + bound.figure()
                + "; it knows " + String.join(", ", guide.figures()));
        });
        Guide.Outside outside = guide.outside(question.at(), ends.asked());
        if (outside != null) {
            throw new ScenarioException(inOptions(outside) + (measure ? "" : "; --measure measures it here"));
        }
        Advice advice = guide.ask(question);
        Transfer transfer = Home.transfers().of(data.machine());
        if (json.wanted()) {
            printJson(GuideDocument.of(data, shown(file), ends.notes(), advice, transfer));
        } else {
            ends.notes().forEach(this::say);
            print(GuideText.of(data, shown(file), advice, transfer));
        }
        return advice.options().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** What ships is named as in the checkout, wherever that is. */
    private static String shown(Path file) {
        return (file.isAbsolute() && file.startsWith(Home.path()) ? Home.path().relativize(file) : file).toString();
    }

    private Map<String, String> asked() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("storm.rate", events);
        given.put("churn.rate", attach);
        given.put("smmus", handlers);
        given.put("streams", streams);
        given.put("section", section);
        given.put("storm.atOnce", eventBurst);
        given.put("churn.atOnce", attachBurst);
        Map<String, String> asked = new LinkedHashMap<>();
        given.forEach((key, value) -> put(asked, key, value, OPTIONS.get(key)));
        return asked;
    }

    /** A measurement takes what is not asked from nowhere: every axis of the grid needs a value. */
    private Map<String, String> complete(Map<String, String> asked) {
        SweepGrid definition = SweepGrid.read(GridChoice.definition(grid));
        alone(asked, key -> definition.axes().stream().anyMatch(axis -> axis.key().key().equals(key)));
        requireAll(definition.name(), definition.axes().stream().map(axis -> axis.key().key()), asked);
        return asked;
    }

    /** Bursts that are not asked for have one event or attach, where the grid has them as an axis. */
    private static void alone(Map<String, String> asked, Predicate<String> isAxis) {
        GridLimits.AT_ONCE.stream().filter(isAxis).forEach(key -> asked.putIfAbsent(key, "1"));
    }

    /** All that are missing in one complaint. */
    private static void requireAll(String name, Stream<String> axes, Map<String, String> asked) {
        List<String> missing = axes.filter(key -> !asked.containsKey(key)).map(GuideCommand::option).toList();
        if (!missing.isEmpty()) {
            throw new ScenarioException(String.join(", ", missing) + ": not given, and the grid '" + name + "' has "
                + (missing.size() == 1 ? "it as an axis" : "them as axes"));
        }
    }

    private static String option(String key) {
        return OPTIONS.getOrDefault(key, key);
    }

    /** The guide names settings, the user knows options. */
    private static String inOptions(Guide.Outside outside) {
        return outside.axis() == null ? outside.reason() : option(outside.axis()) + " " + outside.reason();
    }

    private static void put(Map<String, String> asked, String key, String value, String option) {
        if (value != null) {
            asked.put(key, ScenarioBuilder.canonical(key, value, option));
        }
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

    /** Where threads share cores the tails of all strategies are those of the machine: no bound can be judged. */
    private static void refuseTails(boolean coreForEachThread, String where, List<Question.Bound> bounds) {
        if (!coreForEachThread) {
            bounds.stream().filter(bound -> !Figures.isMedian(bound.figure())).findFirst().ifPresent(bound -> {
                throw new ScenarioException("--slo: " + bound.figure() + " cannot be judged: " + where
                    + " has no core per thread, so its tails are the machine's; bound p50");
            });
        }
    }

    private boolean hardInterrupt() {
        return switch (context) {
            case "threaded" -> false;
            case "hardirq" -> true;
            default -> throw refusal("--context: '" + context + "' is none; allowed: threaded, hardirq");
        };
    }

    private Path measured(Map<String, String> asked, List<Question.Bound> bounds) throws IOException {
        String attaches = asked.get(GridLimits.ATTACHES);
        if (attaches != null && Axis.numberOf(attaches, "--attach") == 0) {
            throw refusal("--attach: without attaches there is nothing to choose by; the least is 1/s");
        }
        SweepGrid one = SweepGrid.read(GridChoice.definition(grid)).at(asked);
        refuseTails(!one.points().get(0).oversubscribed(), "this machine", bounds);
        Path folder = out == null ? freeFolder("guide") : out;
        if (!run(sweepOf(one, folder), folder)) {
            throw new IOException("the measurement did not come to its end; see " + folder);
        }
        return writeGrid(folder);
    }
}
