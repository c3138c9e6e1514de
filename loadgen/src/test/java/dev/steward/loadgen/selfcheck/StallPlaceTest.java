package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.loadgen.record.FakeClock;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallPlaceTest {
    /** Else the self-test would run without part of the oracles. */
    @Test
    void shouldPassOnEverythingThatTheHandlerTellsItsProbe() throws ReflectiveOperationException {
        List<String> told = new ArrayList<>();
        EventProbe probe = (EventProbe) Proxy.newProxyInstance(
            EventProbe.class.getClassLoader(), new Class<?>[] {EventProbe.class}, (proxy, method, arguments) -> {
                told.add(method.getName());
                return null;
            });
        EventProbe stalling = StallPlace.HANDLER.injection(new Stall(new FakeClock(0, 1), 1), 0).eventProbe(probe);
        List<String> methods = new ArrayList<>();
        for (Method method : EventProbe.class.getMethods()) {
            methods.add(method.getName());
            method.invoke(stalling, Arrays.stream(method.getParameterTypes()).map(StallPlaceTest::any).toArray());
        }

        assertThat(methods).containsExactlyInAnyOrder(
            "woke", "taken", "asking", "entered", "inside", "insideStall", "stallQueued", "waking", "woken", "reported",
            "done");
        assertThat(told).containsExactlyElementsOf(methods);
    }

    private static Object any(Class<?> type) {
        if (type == EventRecord.class) {
            return new EventRecord();
        }
        return type == int.class ? 7 : EventOutcome.QUEUED;
    }
}
