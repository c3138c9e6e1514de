package dev.steward.reports.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs on one host whose scenarios differ in one setting and in nothing else, and that setting is a number. Immutable.
 *
 * @param others the settings that differ elsewhere in the set, in words; empty if none does
 * @param points two or more, rising
 */
public record SettingAxis(String host, String key, String others, List<Point> points) {
    /** Copies the list. */
    public SettingAxis {
        points = List.copyOf(points);
    }

    /** A run and where it stands. */
    public record Point(SettingValue at, Run run) {
    }

    /** {@return all axes in a set, by host, then by setting} */
    public static List<SettingAxis> of(RunSet runs) {
        Map<String, List<Run>> byHost = new LinkedHashMap<>();
        runs.runs().forEach(run -> byHost.computeIfAbsent(run.host(), any -> new ArrayList<>()).add(run));
        List<SettingAxis> axes = new ArrayList<>();
        byHost.forEach((host, ofHost) -> {
            List<String> differing = differing(ofHost);
            for (String key : differing) {
                Map<Map<String, String>, List<Run>> alike = new LinkedHashMap<>();
                ofHost.forEach(run -> alike.computeIfAbsent(without(key, run), any -> new ArrayList<>()).add(run));
                alike.forEach((settings, some) -> axis(host, key, settings, differing, some).ifPresent(axes::add));
            }
        });
        return axes;
    }

    /** {@return settings that do not have one value in all runs, in the order of the alphabet} */
    static List<String> differing(List<Run> runs) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        runs.forEach(run -> run.settings().forEach((key, value) ->
            values.computeIfAbsent(key, any -> new TreeSet<>()).add(value)));
        return values.entrySet().stream().filter(entry -> entry.getValue().size() > 1).map(Map.Entry::getKey).toList();
    }

    private static Map<String, String> without(String key, Run run) {
        Map<String, String> rest = new TreeMap<>(run.settings());
        rest.remove(key);
        return rest;
    }

    private static Optional<SettingAxis> axis(
        String host, String key, Map<String, String> settings, List<String> differing, List<Run> runs) {
        List<Point> points = runs.stream().filter(run -> run.settings().containsKey(key))
            .flatMap(run -> SettingValue.of(run.settings().get(key)).map(at -> new Point(at, run)).stream())
            .sorted(Comparator.comparing((Point point) -> point.at().number())).toList();
        boolean numbers = points.size() == runs.size()
            && points.stream().map(point -> point.at().unit()).distinct().count() == 1;
        return runs.size() < 2 || !numbers ? Optional.empty() : Optional.of(new SettingAxis(host, key,
            differing.stream().filter(settings::containsKey).map(other -> other + " " + settings.get(other))
                .collect(Collectors.joining(", ")), points));
    }
}
