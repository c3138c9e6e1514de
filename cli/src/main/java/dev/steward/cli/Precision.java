package dev.steward.cli;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How exact an answer has to be, as {@code --precision} says it. */
final class Precision {
    /** For all that is not named. */
    static final String DEFAULT = "event.inline=5%,event.ring=10%,attach=20%,commit=20%";

    private static final List<String> PATHS = List.of(CellSpec.INLINE, CellSpec.RING);
    private static final Pattern PART = Pattern.compile("(?:([a-z]+)(?:\\.([a-z]+))?=)?(\\d{1,3}(?:\\.\\d{1,3})?) ?%");
    private static final double LEAST = 0.1;
    private static final double MOST = 100;

    private Precision() {
    }

    /**
     * Reads a list of shares.
     *
     * @return half-widths by figure and path, as shares, for every figure on every path.
     * @throws ScenarioException with one line, if it is no such list.
     */
    static Map<String, Double> parse(String text) {
        Map<String, Double> precision = new LinkedHashMap<>();
        if (!text.equals(DEFAULT)) {
            precision.putAll(parse(DEFAULT));
        }
        for (String part : text.split(",", -1)) {
            take(part.strip(), precision);
        }
        return precision;
    }

    private static void take(String part, Map<String, Double> precision) {
        Matcher matcher = PART.matcher(part);
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(3)) : 0;
        List<TurnFigure> figures = !matcher.matches() ? List.of() : Arrays.stream(TurnFigure.values())
            .filter(figure -> matcher.group(1) == null || matcher.group(1).equals(figure.label())).toList();
        List<String> paths = !matcher.matches() ? List.of() : PATHS.stream()
            .filter(path -> matcher.group(2) == null || matcher.group(2).equals(path)).toList();
        if (figures.isEmpty() || paths.isEmpty() || percent < LEAST || percent > MOST) {
            String names = Arrays.stream(TurnFigure.values()).map(TurnFigure::label).collect(Collectors.joining(", "));
            throw new ScenarioException("--precision: '" + part + "' is none; allowed: 0.1% to 100% for all, or for "
                + "one of " + names + ", maybe with ." + String.join(" or .", PATHS)
                + ", as in event.inline=5%,commit=20%");
        }
        figures.forEach(figure -> paths.forEach(path -> precision.put(TurnPlan.key(figure, path), percent / 100)));
    }
}
