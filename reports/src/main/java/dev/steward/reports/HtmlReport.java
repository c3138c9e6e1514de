package dev.steward.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Outline;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report as one page that opens without a network: style, script, chart library and data are inside, and its
 * content policy forbids it to load anything.
 */
final class HtmlReport {
    private static final String TEMPLATES = "dev.steward.reports";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HtmlReport() {
    }

    static String of(Summary summary) {
        return of(RunSet.of(summary), Path.of(""));
    }

    /** {@return the page; whatever comes from a file is escaped} */
    static String of(RunSet runs, Path folder) {
        List<Chart> across = AcrossRuns.charts(runs);
        List<Chart> threads = ThreadCharts.of(runs);
        List<Chart> charts = new ArrayList<>(across);
        charts.addAll(threads);
        List<Page.Part> parts = new ArrayList<>();
        for (Run run : runs.runs()) {
            String prefix = parts.isEmpty() ? "" : "run" + (parts.size() + 1) + "-";
            List<Chart> ofRun = new ArrayList<>(Charts.of(run.summary(), prefix));
            ofRun.addAll(BarCharts.of(run.summary(), prefix));
            charts.addAll(ofRun);
            RawLinks raw = RawLinks.of(run, folder, prefix);
            List<Chapter> chapters = new ArrayList<>(Outline.of(run.summary()));
            if (raw.entries().isEmpty()) {
                chapters.removeIf(chapter -> chapter.blocks().contains(Chapter.PageOnly.RAW_FILES));
            }
            List<Chapter.Block> blocks = Outline.opening(run.summary());
            // Without a picture the medians themselves are what is seen first.
            boolean drawn = blocks.stream().anyMatch(Chapter.Picture.class::isInstance);
            Map<Boolean, List<Chapter.Block>> opening = blocks.stream()
                .collect(Collectors.partitioningBy(block -> drawn && block instanceof Chapter.Tables));
            if (!opening.get(true).isEmpty()) {
                chapters.add(0, new Chapter("medians", "Medians", "Medians", opening.get(true)));
            }
            parts.add(new Page.Part(run, prefix, runs.single() ? "" : run.scenario() + ", host " + run.host(),
                opening.get(false), chapters, ofRun, raw));
        }
        return render("report.jte", Map.of("page", new Page(runs, Outline.before(runs), across, AcrossRuns.maps(runs),
            parts, Outline.after(runs), threads, dataJson(charts))));
    }

    static String render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput(1 << 19);
        TemplateEngine.createPrecompiled(null, ContentType.Html, HtmlReport.class.getClassLoader(), TEMPLATES)
            .render(template, values, output);
        return output.toString();
    }

    /** A name in a file may hold the end of a script element; in JSON the sign can only stand inside a string. */
    private static String dataJson(List<Chart> charts) {
        try {
            return MAPPER.writeValueAsString(Map.of("charts", charts))
                .replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
                .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("charts are plain data", e);
        }
    }
}
