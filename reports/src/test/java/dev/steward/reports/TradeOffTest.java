package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.summary.TradeOff;
import dev.steward.reports.table.Chapter;
import dev.steward.reports.table.Outline;
import dev.steward.results.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where strategies stand between attach and event. */
class TradeOffTest {
    private static final int WIDTH = 72;

    private final Fixture fixture = Fixture.of(List.of("mutex", "rwlock", "srcu", "unguarded"), List.of("ring"), 2);

    /** Attaches and events of a strategy, all alike. */
    private void times(String strategy, long attachNs, long eventNs) {
        for (int repeat = 1; repeat <= 2; repeat++) {
            fixture.log(strategy + "-ring-r" + repeat, Fixtures.log(
                List.of(Tags.ATTACH, Tags.EVENT_ENQUEUE), new long[] {attachNs, eventNs}, 20_000));
        }
    }

    private TradeOff tradeOff() {
        return TradeOff.of(Fixtures.summary(fixture)).get(0);
    }

    private static TradeOff.Point of(TradeOff tradeOff, String strategy) {
        return tradeOff.points().stream().filter(point -> point.info().name().equals(strategy)).findFirst()
            .orElseThrow();
    }

    @Test
    void shouldPutSlowAttachRightAndSlowEventUp() {
        times("mutex", 1_000, 100_000);
        times("rwlock", 10_000, 10_000);
        times("srcu", 100_000, 1_000);
        times("unguarded", 2_000, 2_000);
        List<String> lines = TradeOffText.lines(List.of(tradeOff()));

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
        assertThat(at(lines, 'a')).as("mutex: upper left").isEqualTo(new int[] {0, 0});
        assertThat(at(lines, 'd')[0]).as("srcu: bottom").isGreaterThan(at(lines, 'c')[0]);
        assertThat(at(lines, 'd')[1]).as("srcu: right").isGreaterThan(at(lines, 'c')[1]);
        for (int axis = 0; axis < 2; axis++) {
            assertThat((double) at(lines, 'c')[axis]).as("the middle of both on logarithmic axes")
                .isCloseTo(at(lines, 'd')[axis] / 2.0, within(1.0));
        }
    }

    /** Row and column of a letter in the field. */
    private static int[] at(List<String> lines, char mark) {
        List<String> field = lines.stream().filter(line -> line.contains("|")).toList();
        for (int row = 0; row < field.size(); row++) {
            int column = field.get(row).substring(field.get(row).indexOf('|') + 1).indexOf(mark);
            if (column >= 0) {
                return new int[] {row, column};
            }
        }
        throw new AssertionError("no " + mark + " in " + lines);
    }

    @Test
    void shouldHaveOnTheFrontWhoeverIsBeatenByNobodyRanked() {
        times("mutex", 1_000, 100_000);
        times("rwlock", 2_000, 100_000);
        times("srcu", 100_000, 1_000);
        times("unguarded", 10, 10);
        ((ObjectNode) fixture.run().withArray("strategies").get(3)).put("ranked", false);
        TradeOff tradeOff = tradeOff();

        assertThat(tradeOff.onFront(of(tradeOff, "mutex"))).isTrue();
        assertThat(tradeOff.onFront(of(tradeOff, "rwlock"))).as("mutex is as good, and better in one").isFalse();
        assertThat(tradeOff.onFront(of(tradeOff, "srcu"))).isTrue();
        assertThat(tradeOff.onFront(of(tradeOff, "unguarded"))).as("it is wrong").isFalse();
    }

    @Test
    void shouldLeaveOutWhatIsTheGeneratorsLateness() {
        times("mutex", 1_000, 100_000);
        times("rwlock", 10_000, 10_000);
        for (int repeat = 1; repeat <= 2; repeat++) {
            fixture.log("srcu-ring-r" + repeat, Fixtures.log(
                List.of(Tags.ATTACH, Tags.EVENT_ENQUEUE, Tags.SLIP_CHURN), new long[] {500, 500, 400}, 20_000));
        }

        assertThat(tradeOff().points()).extracting(point -> point.info().name()).contains("mutex", "rwlock")
            .doesNotContain("srcu");
    }

    @Test
    void shouldSayWhereLettersWouldLieOnEachOther() {
        times("mutex", 1_000, 1_000);
        times("rwlock", 1_000, 1_000);
        times("srcu", 100_000, 90_000);
        times("unguarded", 50_000, 500);
        assertThat(TradeOffText.lines(List.of(tradeOff()))).filteredOn(line -> line.contains("|"))
            .anyMatch(line -> line.contains("#")).noneMatch(line -> line.contains("a"));
    }

    @Test
    void shouldGiveEachThreadItsOwnRate() {
        for (int repeat = 1; repeat <= 2; repeat++) {
            String id = "mutex-ring-r" + repeat;
            var threads = fixture.log(id, fixture.log(id)).cell(id).put("measuredMs", 2_000).putArray("threads");
            threads.addObject().put("role", "attach").put("index", 0).put("operations", 1_000 * repeat)
                .put("meanNs", 1.0).put("maxNs", 1);
            threads.addObject().put("role", "attach").put("index", 1).put("operations", 400)
                .put("meanNs", 1.0).put("maxNs", 1);
        }
        var rates = Fixtures.summary(fixture).strategy("ring", "mutex").attachRates();
        assertThat(rates.perSecond()).containsExactly(750.0, 200.0);
        assertThat(rates.min()).isEqualTo(200);
        assertThat(rates.max()).isEqualTo(750);
        assertThat(rates.all()).isEqualTo(950);
        assertThat(Fixtures.summary(fixture).strategy("ring", "mutex").handlerRates().perSecond()).isEmpty();
    }

    @Test
    void shouldDivideBytesByDevicesAndStreamsOfAllSmmus() {
        fixture.run().withObject("/scenario").put("smmus", "2").put("streams", "7").put("streamsPerDevice", "2");
        for (int repeat = 1; repeat <= 2; repeat++) {
            fixture.cell("mutex-ring-r" + repeat).withObject("/footprint").put("guardBytes", 800)
                .put("streamTableBytes", 14 * 64);
        }
        var rows = Outline.of(Fixtures.summary(fixture)).stream().flatMap(chapter -> chapter.blocks().stream())
            .filter(Chapter.Tables.class::isInstance).flatMap(block -> ((Chapter.Tables) block).tables().stream())
            .filter(table -> table.id().equals("per-device")).findFirst().orElseThrow().groups().get(0).rows();
        assertThat(rows.get(0)).as("4 devices of 2 streams on each SMMU, the last with one")
            .containsExactly("mutex", "100 B", "57 B", "64 B");
    }
}
