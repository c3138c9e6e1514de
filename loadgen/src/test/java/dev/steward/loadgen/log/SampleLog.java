package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints events as the driver does, so that a test knows what a log must mean. */
final class SampleLog {
    private static final Set<EventId> TRANSLATED =
        EnumSet.of(EventId.F_TRANSLATION, EventId.F_ADDR_SIZE, EventId.F_ACCESS, EventId.F_PERMISSION);
    private static final Set<EventId> FETCHES =
        EnumSet.of(EventId.F_STE_FETCH, EventId.F_CD_FETCH, EventId.F_VMS_FETCH);

    static final long[] READ = {0x0000010000000010L, 0x0000020800000000L, 0x000000090000f040L, 0L};
    static final long[] STALLED = {0x0000750100001810L, 0x0000120080000176L, 0x0000aaaada7af040L, 0x0000aaaada7af000L};

    private final List<String> lines = new ArrayList<>();
    private long micros;

    SampleLog(long startMicros) {
        micros = startMicros;
    }

    List<String> lines() {
        return new ArrayList<>(lines);
    }

    SampleLog line(String text) {
        lines.add(stamp() + text);
        return this;
    }

    SampleLog raw(String device, long... words) {
        line("arm-smmu-v3 " + device + ": event 0x" + hex(EventRecordLayout.id(words[0]), 2) + " received:");
        for (long word : words) {
            line("arm-smmu-v3 " + device + ": \t0x" + hex(word, 16));
        }
        return this;
    }

    SampleLog decoded(String device, String client, long... words) {
        EventId id = EventId.of(EventRecordLayout.id(words[0]));
        int ssid = EventRecordLayout.ssv(words[0]) ? EventRecordLayout.substreamId(words[0]) : 0;
        String streams = String.format(
            "arm-smmu-v3 %s: event: %s client: %s sid: 0x%x ssid: 0x%x", device, id, client,
            EventRecordLayout.streamId(words[0]), ssid);
        if (!TRANSLATED.contains(id)) {
            String fetch = FETCHES.contains(id)
                ? String.format(" fetch_addr: 0x%x", EventRecordLayout.fetchAddress(words[3])) : "";
            return line(streams + fetch);
        }
        line(streams + String.format(" iova: 0x%x ipa: 0x%x", words[2], EventRecordLayout.ipa(words[3])));
        return line("arm-smmu-v3 " + device + ": " + attributes(words[1]));
    }

    private static String attributes(long w1) {
        int faultClass = EventRecordLayout.faultClass(w1);
        String[] classes = {
            "CD fetch", "Stage 1 translation table fetch", "Input address caused fault", "Reserved"
        };
        String walk = faultClass != EventRecordLayout.CLASS_TABLE_WALK ? ""
            : EventRecordLayout.tableWalkRead(w1) ? " ttd_read" : " ttd_write";
        return String.format(
            "%s %s %s %s \"%s\"%s%s stag: 0x%x",
            EventRecordLayout.privileged(w1) ? "priv" : "unpriv",
            EventRecordLayout.instruction(w1) ? "inst" : "data",
            EventRecordLayout.read(w1) ? "read" : "write",
            EventRecordLayout.stage2(w1) ? "s2" : "s1",
            classes[faultClass], walk, EventRecordLayout.stall(w1) ? " stall" : "",
            EventRecordLayout.stallTag(w1));
    }

    private String stamp() {
        micros += 11;
        return String.format(Locale.ROOT, "[%5d.%06d] ", micros / 1_000_000, micros % 1_000_000);
    }

    private static String hex(long value, int digits) {
        return String.format("%0" + digits + "x", value);
    }
}
