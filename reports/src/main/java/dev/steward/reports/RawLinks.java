package dev.steward.reports;

import dev.steward.reports.summary.Run;
import dev.steward.results.CellRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Where the figures of a row come from: for each strategy and path the files of its cells.
 *
 * @param anchors id of the entry by path and strategy, as {@link #key} puts them together
 */
record RawLinks(List<Entry> entries, Map<String, String> anchors) {
    /** For pages whose files are not known. */
    static final RawLinks NONE = new RawLinks(List.of(), Map.of());

    /** The cells of a strategy on a path. */
    record Entry(String id, String name, List<File> files) {
    }

    /** The files of a cell. */
    record File(String cell, String json, String hlog) {
    }

    static RawLinks of(Run run, Path folder, String prefix) {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> anchors = new HashMap<>();
        run.summary().strategies().forEach(strategy -> {
            String name = strategy.info().name();
            List<File> files = run.summary().finished().stream().filter(cell -> cell.path().equals(strategy.path())
                && cell.strategy().equals(name) && run.files().containsKey(cell.id()))
                .map(cell -> file(cell, run.files().get(cell.id()), folder)).toList();
            if (!files.isEmpty()) {
                String id = prefix + "raw-" + entries.size();
                entries.add(new Entry(id, name + ", path " + strategy.path(), files));
                anchors.put(key(strategy.path(), name), id);
            }
        });
        return new RawLinks(entries, anchors);
    }

    private static File file(CellRecord cell, Path json, Path folder) {
        String link = link(json, folder);
        return new File(cell.id(), link, link.substring(0, link.length() - ".json".length()) + ".hlog");
    }

    /** Relative, so that folder and page can be moved together. */
    private static String link(Path file, Path folder) {
        Path from = folder.toAbsolutePath().normalize();
        Path relative = from.relativize(file.toAbsolutePath().normalize());
        return StreamSupport.stream(relative.spliterator(), false)
            .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    }

    private static String key(String path, String strategy) {
        return path + "\n" + strategy;
    }

    /** The entry behind a row. Returns id of the entry, empty if there is none. */
    String anchor(String group, String row) {
        String path = group.startsWith("path ") ? group.substring("path ".length()).replaceFirst(", not ranked.*", "")
            : group;
        return anchors.getOrDefault(key(path, row), "");
    }
}
