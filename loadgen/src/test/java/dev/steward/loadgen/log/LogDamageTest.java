package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecordLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random damage to logs of known events. Whatever happens to the lines, no exception, and no event that did not happen
 * is ever called complete.
 */
final class LogDamageTest {
    private static final String[] DEVICES = {"arm-smmu-v3.0.auto", "arm-smmu-v3.1.auto", "9050000.smmuv3"};
    private static final int[] IDS = {0x02, 0x04, 0x07, 0x0a, 0x10, 0x11, 0x12, 0x13, 0x20, 0xe3};
    private static final int SEEDS = Integer.getInteger("steward.test.seeds", 30);
    private static final int EVENTS = 40;
    private static final int RAW_LINES = 5;

    /** Losses in any ten lines of one SMMU's log. Five could take one event's worth out of the middle of two. */
    private static final int MAX_LOST_OF_TWO_EVENTS = 4;

    private final Set<List<Object>> truth = new HashSet<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFindEveryEventWhenOnlyForeignLinesLieBetween(boolean withText) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> log = interleave(random, clean(random, withText), 0.5);
            Decoding decoding = Decoding.ofLines(log);
            assertThat(decoding.events()).as("seed %d", seed).hasSize(EVENTS * DEVICES.length)
                .allMatch(DecodedEvent::complete);
            assertAllTrue(decoding, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNeverInventAnEventWhenLinesAreLost(boolean withText) {
        long complete = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<List<String>> logs = clean(random, withText);
            logs.replaceAll(lines -> damage(random, lines, "lose"));
            Decoding decoding = Decoding.ofLines(interleave(random, logs, 0.2));
            assertAllTrue(decoding, seed);
            assertThat(decoding.diagnostics()).isNotEmpty();
            complete += decoding.summary().completeEvents();
        }
        assertThat(complete).isGreaterThan(SEEDS * EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "drop", "cut", "join", "stray", "wrap"})
    void shouldNeverInventAnEventWhenRawLinesAreDamaged(String damage) {
        long complete = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<List<String>> logs = clean(random, false);
            logs.replaceAll(lines -> damage(random, lines, damage));
            String log = String.join("\n", interleave(random, logs, 0.2)) + "\n";
            String text = log.replace("\u0001\n", "");
            Decoding decoding = Decoding.of(text);
            assertAllTrue(decoding, seed);
            complete += decoding.summary().completeEvents();
        }
        assertThat(complete).isGreaterThan(SEEDS * EVENTS / 2);
    }

    @Test
    void shouldNeverThrowWhateverTheBytesAre() {
        SplittableRandom random = new SplittableRandom(1);
        String alphabet = "\n\n\r\t =>[]():.#\\0x19afeventrcd:smmu-v3\u001b\"";
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            List<String> log = new SampleLog(0).raw(DEVICES[2], SampleLog.STALLED)
                .decoded(DEVICES[2], "0000:01:00.0", SampleLog.STALLED).lines();
            for (String line : log) {
                text.append(line).append('\n');
            }
            for (int edits = random.nextInt(1, 40); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            Decoding decoding = Decoding.of(new ByteArrayInputStream(bytes), "noise");
            assertThat(decoding.summary().events()).isEqualTo(decoding.events().size());
            decoding.toJson();
        }
    }

    /** At each place of the log a byte is missing, is another, or is the last one. */
    @ParameterizedTest
    @MethodSource("dev.steward.loadgen.log.CorpusExcerptTest#excerpts")
    void shouldNeverInventAnEventWhereverARealLogIsDamaged(String name) throws IOException {
        String log;
        try (InputStream in = getClass().getResourceAsStream("/klog/" + name + ".log")) {
            log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Decoding whole = Decoding.of(log);
        for (int at = 0; at < log.length(); at++) {
            String before = log.substring(0, at);
            String after = log.substring(at + 1);
            for (String damaged : List.of(before, before + after, before + '\0' + after, before + '~' + after)) {
                Decoding decoding = Decoding.of(damaged);
                assertThat(completeRaw(whole)).as("%s: byte %d", name, at).containsAll(completeRaw(decoding));
                assertThat(decoding.summary().completeEvents()).as("%s: byte %d", name, at)
                    .isLessThanOrEqualTo(whole.summary().completeEvents());
            }
        }
    }

    private static List<List<Long>> completeRaw(Decoding decoding) {
        return decoding.events().stream()
            .filter(event -> event.complete() && event.source() != EventSource.DECODED)
            .map(event -> Arrays.stream(event.toWords()).boxed().toList()).toList();
    }

    private void assertAllTrue(Decoding decoding, int seed) {
        for (DecodedEvent event : decoding.events()) {
            if (event.complete()) {
                assertThat(truth.contains(key(event))).as("seed %d: %s", seed, event).isTrue();
            }
        }
    }

    private static List<Object> key(DecodedEvent event) {
        long[] words = event.toWords();
        // Decoded lines alone cannot tell SSV of SubstreamID 0, nor bit 44 outside of a table walk.
        boolean decoded = event.source() == EventSource.DECODED;
        return decoded
            ? List.of(event.device(), words[0] >>> 32, words[2], "decoded")
            : List.of(event.device(), words[0], words[1], words[2], words[3]);
    }

    private List<List<String>> clean(SplittableRandom random, boolean withText) {
        truth.clear();
        List<List<String>> logs = new ArrayList<>();
        for (String device : DEVICES) {
            SampleLog log = new SampleLog(random.nextInt(1_000_000));
            for (int i = 0; i < EVENTS; i++) {
                long[] words = event(random);
                log.raw(device, words);
                if (withText) {
                    log.decoded(device, "0000:0" + random.nextInt(1, 9) + ":00.0", words);
                }
                truth.add(List.of(device, words[0], words[1], words[2], words[3]));
                truth.add(List.of(device, words[0] >>> 32, isTextComplete(words) ? words[2] : 0L, "decoded"));
            }
            logs.add(log.lines());
        }
        return logs;
    }

    private static boolean isTextComplete(long[] words) {
        int id = EventRecordLayout.id(words[0]);
        return id >= 0x10 && id <= 0x13;
    }

    private static long[] event(SplittableRandom random) {
        int id = IDS[random.nextInt(IDS.length)];
        int sid = random.nextInt(0x10000);
        return new long[] {
            random.nextBoolean()
                ? EventRecordLayout.word0(id, sid)
                : EventRecordLayout.word0(id, sid, random.nextInt(1 << 20)),
            EventRecordLayout.word1(
                random.nextInt(1 << 16), random.nextBoolean(), random.nextBoolean(), random.nextBoolean(),
                random.nextBoolean(), random.nextBoolean(), random.nextInt(4), random.nextBoolean()),
            random.nextLong(),
            random.nextLong(),
        };
    }

    private static List<String> interleave(
        SplittableRandom random, List<List<String>> logs, double foreign) {
        List<String> mixed = new ArrayList<>();
        int[] at = new int[logs.size()];
        int left = logs.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int pick = random.nextInt(logs.size());
            if (at[pick] < logs.get(pick).size()) {
                mixed.add(logs.get(pick).get(at[pick]++));
                left--;
            }
            if (random.nextDouble() < foreign) {
                mixed.add("[    0.123456] hisi_zip 0000:31:00.0: qm_axi_rresp [error status=0x1] found");
            }
        }
        return mixed;
    }

    private static List<String> damage(
        SplittableRandom random, List<String> lines, String damage) {
        List<String> result = new ArrayList<>();
        boolean[] hit = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            int near = 0;
            for (int j = Math.max(0, i - 2 * RAW_LINES + 1); j < i; j++) {
                near += hit[j] ? 1 : 0;
            }
            hit[i] = near < MAX_LOST_OF_TWO_EVENTS && random.nextInt(8) == 0;
            if (!hit[i]) {
                result.add(lines.get(i));
            } else if (!"lose".equals(damage)) {
                result.add(damage(random, lines.get(i), damage));
            }
        }
        return result;
    }

    private static String damage(SplittableRandom random, String line, String damage) {
        int at = random.nextInt(line.length());
        switch (damage) {
            case "double":
                return line.substring(0, at) + line.charAt(at) + line.substring(at);
            case "drop":
                return line.substring(0, at) + line.substring(at + 1);
            case "cut":
                return line.substring(0, at);
            case "join":
                return line + "\u0001";
            case "stray":
                return "NOTICE:".charAt(random.nextInt(7)) + line;
            default:
                return line.substring(0, at) + "\n" + line.substring(at);
        }
    }
}
