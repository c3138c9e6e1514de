package dev.steward.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.steward.reports.read.ForeignFigure;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.summary.Crossings;
import dev.steward.reports.summary.LoadRate;
import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.results.CellRecord;
import dev.steward.results.Verdicts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RFC 4180, UTF-8, line feeds: one row for each strategy, path, operation and figure. */
final class CsvExport {
    private static final List<String> COLUMNS = List.of("scenario", "host", "strategy", "ranked", "path", "operation",
        "figure", "value", "unit", "support", "valid_cells", "planned_cells");
    private static final Map<String, Double> QUANTILES = quantiles();
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);
    private static final double SIX_DIGITS_BELOW = 1000;
    private static final int DECIMALS = 3;

    private CsvExport() {
    }

    private static Map<String, Double> quantiles() {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("p50", 0.5);
        quantiles.put("p90", 0.9);
        quantiles.put("p99", 0.99);
        quantiles.put("p99.9", 0.999);
        quantiles.put("p99.99", 0.9999);
        return quantiles;
    }

    static String of(RunSet runs) {
        List<List<String>> rows = new ArrayList<>();
        for (Operation operation : Operation.of(runs)) {
            latencies(rows, operation);
        }
        for (Run run : runs.runs()) {
            run.summary().strategies().forEach(strategy -> counts(new Place(rows, run, strategy)));
            run.summary().turnVerdicts().ifPresent(verdicts -> turns(rows, run, verdicts));
        }
        Crossings.of(runs).forEach(all -> all.crossings().forEach(one -> crossing(rows, all, one)));
        runs.others().forEach(other -> other.figures().forEach(figure -> foreign(rows, other, figure)));
        return print(rows);
    }

    private static void latencies(List<List<String>> rows, Operation operation) {
        Place place = new Place(rows, operation.run(), operation.strategy());
        QUANTILES.forEach((name, quantile) -> {
            Quantile value = operation.strategy().quantile(operation.tag(), quantile);
            if (value.support() != Quantile.Support.NONE) {
                place.add(operation.tag(), name, value.valueNs(), "ns",
                    switch (value.support()) {
                        case FEW -> "few";
                        case MACHINE -> "lateness";
                        default -> "enough";
                    });
            }
        });
        place.add(operation.tag(), "mean", operation.merged().meanNs(), "ns", "enough");
        place.add(operation.tag(), "max", operation.merged().maxNs(), "ns",
            operation.merged().saturated() ? "at least" : "enough");
        place.add(operation.tag(), "count", operation.merged().count(), "1", "");
    }

    private static void counts(Place place) {
        rate(place, "storm", place.strategy.storm());
        rate(place, "churn", place.strategy.churn());
        rate(place, "invalidation", place.strategy.invalidation());
        if (place.strategy.totals() != null) {
            CellRecord.Ledger ledger = place.strategy.totals().ledger();
            place.add("ledger", "generated", ledger.generated(), "1", "");
            place.add("ledger", "delivered", ledger.delivered(), "1", "");
            place.add("ledger", "lostAtRing", ledger.lostAtRing(), "1", "");
            place.add("ledger", "lostInVeventq", ledger.lostInVeventq(), "1", "");
            place.add("ledger", "balance", ledger.balance(), "1", "");
        }
        if (place.strategy.invalidations() != null) {
            place.add("invalidation", "commands", place.strategy.invalidations().commands(), "1", "");
            place.add("invalidation", "misses", place.strategy.invalidations().misses(), "1", "");
        }
        for (OracleTotal oracle : place.strategy.oracles()) {
            place.add("oracle " + oracle.name(), "violations", oracle.violations(), "1", "");
            place.add("oracle " + oracle.name(), "checks", oracle.checks(), "1", "");
        }
    }

    private static void rate(Place place, String load, LoadRate rate) {
        if (rate != null) {
            place.add(load, "offered", rate.targetPerSecond(), "1/s", "");
            place.add(load, "achieved", rate.achievedPerSecond(), "1/s", "");
        }
    }

    private static void turns(List<List<String>> rows, Run run, Verdicts verdicts) {
        for (Verdicts.Standing one : verdicts.standings()) {
            Turned turned = new Turned(rows, run, one.strategy(), one.path(), one.figure() + " by turns", "");
            turned.add("median", one.medianNs(), "ns");
            turned.add("median low", one.lowNs(), "ns");
            turned.add("median high", one.highNs(), "ns");
            turned.add("generations", (double) one.generations(), "1");
        }
        for (Verdicts.Pair pair : verdicts.pairs()) {
            Turned turned = new Turned(rows, run, pair.second(), pair.path(),
                pair.figure() + " by turns against " + pair.first(), pair.verdict().word());
            turned.add("ratio", pair.ratio(), "1");
            turned.add("ratio low", pair.ratioLow(), "1");
            turned.add("ratio high", pair.ratioHigh(), "1");
            turned.add("difference", pair.differenceNs(), "ns");
            turned.add("difference low", pair.differenceLowNs(), "ns");
            turned.add("difference high", pair.differenceHighNs(), "ns");
            turned.add("generations", (double) pair.generations(), "1");
            turned.add("rounds", (double) pair.rounds(), "1");
        }
    }

    private static void crossing(List<List<String>> rows, Crossings all, Crossings.Crossing one) {
        String unit = all.axis().points().get(0).at().unit();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("crossing", one.about());
        figures.put("crossing low", one.from());
        figures.put("crossing high", one.to());
        figures.forEach((name, value) -> {
            if (!Double.isNaN(value)) {
                rows.add(List.of(all.axis().others(), all.axis().host(), one.beyond(), "yes", all.path(),
                    all.figure().label() + " by turns along " + all.axis().key() + " against " + one.below(), name,
                    number(value), unit.isEmpty() ? "1" : unit.replaceFirst("^/", "1/"), "faster beyond", "", ""));
            }
        });
    }

    private static void foreign(List<List<String>> rows, ForeignResult other, ForeignFigure figure) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("min", figure.min());
        figures.put("mean", figure.mean());
        figures.put("p50", figure.p50());
        figures.put("p99", figure.p99());
        figures.put("max", figure.max());
        figures.forEach((name, value) -> {
            if (!Double.isNaN(value)) {
                rows.add(List.of(other.file(), other.machine(), other.tool(), "no", "", figure.subject(), name,
                    number(value), figure.unit(), "not the same machine", "", ""));
            }
        });
    }

    private static String number(double value) {
        // All digits of a double would be noise; a duration in seconds has none before its ninth decimal.
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded = Math.abs(value) < SIX_DIGITS_BELOW ? exact.round(SIX_DIGITS)
            : exact.setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** A spreadsheet takes what begins like that for a formula; numbers are numbers. */
    static String plain(String cell) {
        String shown = cell.replaceAll("\\p{Cc}", "?");
        return shown.matches("[=+@-].*") && !shown.matches("[+-][0-9.]+") ? "'" + shown : shown;
    }

    private static String print(List<List<String>> rows) {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator('\n');
        COLUMNS.forEach(schema::addColumn);
        try {
            return new CsvMapper().writer(schema.build()).writeValueAsString(
                rows.stream().map(row -> row.stream().map(CsvExport::plain).toList()).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows are plain text", e);
        }
    }

    /** Where a row of what turns said belongs. */
    private record Turned(
        List<List<String>> rows, Run run, String strategy, String path, String operation, String verdict) {
        void add(String figure, Double value, String unit) {
            if (value != null) {
                boolean ranked = run.summary().run().strategies().stream()
                    .anyMatch(info -> info.name().equals(strategy) && info.ranked());
                rows.add(List.of(run.scenario(), run.host(), strategy, ranked ? "yes" : "no", path, operation, figure,
                    number(value), unit, verdict, "", ""));
            }
        }
    }

    /** Where a row belongs. */
    private record Place(List<List<String>> rows, Run run, StrategySummary strategy) {
        void add(String operation, String figure, double value, String unit, String support) {
            rows.add(List.of(run.scenario(), run.host(), strategy.info().name(),
                strategy.info().ranked() ? "yes" : "no", strategy.path(), operation, figure, number(value), unit,
                support, Integer.toString(strategy.valid()), Integer.toString(strategy.planned())));
        }
    }
}
