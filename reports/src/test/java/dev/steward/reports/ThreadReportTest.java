package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of how the threads of its long cells ran. */
class ThreadReportTest {
    private final Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 1);

    private ObjectNode runs(String id, String hardware, Integer error) {
        ObjectNode runs = fixture.cell(id).putObject("threadRuns").put("looks", 6).put("hardware", hardware);
        if (error != null) {
            runs.put("hardwareError", error);
        }
        return runs;
    }

    private static ObjectNode thread(ObjectNode runs, String name, String role, String bound, int seen, String kind) {
        ObjectNode thread = runs.withArray("threads").addObject().put("thread", name).put("role", role)
            .put("bound", bound).put("scheduling", kind);
        thread.putArray("seen").add(seen);
        return thread;
    }

    private long events(String id) {
        for (var rate : fixture.cell(id).withArray("rates")) {
            if (rate.get("load").asText().equals("storm")) {
                return rate.get("done").asLong();
            }
        }
        throw new IllegalArgumentException(id);
    }

    private String text() {
        return TextReport.of(Fixtures.summary(fixture)).replaceAll("[ \\n]+", " ");
    }

    @Test
    void shouldTellPlaceClassAndCountsForAThousandEvents() {
        long events = events("mutex-ring-r1");
        ObjectNode runs = runs("mutex-ring-r1", "none", 2);
        thread(runs, "handler-0", "handler", "3", 3, "fifo:50").put("voluntarySwitches", events / 2)
            .put("involuntarySwitches", 0).put("migrations", 0).put("pageFaults", 0);
        thread(runs, "churn-0-0", "churn", "1", 1, "other").put("voluntarySwitches", events)
            .put("involuntarySwitches", 0).put("pageFaults", 0);
        thread(runs, "churn-0-1", "churn", "2", 2, "nice:3").put("voluntarySwitches", events)
            .put("involuntarySwitches", 0).put("migrations", 0).put("pageFaults", 0);

        assertThat(text())
            .contains("Where the threads of the long cells ran", "By 6 or more looks",
                "handler 3 3 fifo:50", "churn 1 | 2 1,2 nice:3 | other",
                "perf_event_open ended with error 2, as in most",
                "mutex handler 500 0 0 0", "mutex churn 2000 0 - 0")
            .doesNotContain("What the processor counted");
    }

    @Test
    void shouldShowWhatTheProcessorCounted() {
        long events = events("rwlock-ring-r1");
        thread(runs("rwlock-ring-r1", "user", null), "handler-0", "handler", "any", 0, "other")
            .put("voluntarySwitches", 0).put("involuntarySwitches", 0).put("migrations", 7).put("pageFaults", 0)
            .put("cycles", events * 3).put("instructions", events * 2).put("cacheMisses", events / 10);

        assertThat(text())
            .contains("What the processor counted in the long cells", "rwlock handler 3000 2000 100",
                "without what the kernel did for the threads")
            .doesNotContain("ended with error");
    }

    @Test
    void shouldSayNothingOfCellsThatNobodyWatched() {
        assertThat(text()).doesNotContain("threads of the long cells ran", "Context switches");
    }
}
