package dev.steward.loadgen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.results.KernelResult;
import dev.steward.results.KernelResult.Figure;
import dev.steward.results.KernelResult.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what real kernels printed, whole, behind any prefix, and damaged. */
final class ScaleLogTest {
    private static final List<String> LOCKS = List.of("none", "none-pointer", "mutex", "rwsem", "percpu-rwsem",
        "rwlock", "spinlock", "seqlock", "srcu", "rcu-sync", "rcu-call");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {Logs.AMD64, Logs.RT_AMD64})
    void shouldReadEveryLockOfBothLoops(String release) throws IOException {
        ScaleLog.Content content = read(Logs.text(release));

        assertThat(content.problems()).isEmpty();
        assertThat(content.failures()).isEmpty();
        assertThat(content.violated()).isEmpty();
        List<Measurement> all = content.result().measurements();
        for (String mode : List.of("open", "closed")) {
            assertThat(all).filteredOn(one -> one.run().mode().equals(mode)).extracting(Measurement::lock)
                .containsExactlyElementsOf(LOCKS);
        }
        assertThat(all).allSatisfy(one -> {
            assertThat(one.run().kernel()).isEqualTo(release);
            assertThat(one.run().preempt()).isEqualTo(release.contains("-rt-") ? "rt" : "dynamic");
            assertThat(one.run().cpus()).isEqualTo(2);
            assertThat(one.control()).isEqualTo(one.lock().startsWith("none"));
            assertThat(one.figures()).extracting(Figure::role).contains("reader", "attach");
            assertThat(one.figures()).filteredOn(figure -> figure.values() > 0).allSatisfy(figure -> {
                assertThat(figure.minNs()).isLessThanOrEqualTo(figure.meanNs());
                assertThat(figure.meanNs()).isLessThanOrEqualTo(figure.maxNs());
                assertThat(figure.buckets()).last().satisfies(bucket -> {
                    assertThat(bucket.belowNs()).isGreaterThan(figure.maxNs());
                    assertThat(bucket.belowNs() / 2).isLessThanOrEqualTo(figure.maxNs());
                });
            });
        });
        assertThat(all).filteredOn(Measurement::control).extracting(one -> one.violations().total())
            .anyMatch(violations -> violations > 0);
    }

    @Test
    void shouldTakeEachFieldFromItsPlace() throws IOException {
        Measurement one = read(String.join("\n",
            "stewardscale: v1 begin id=a lock=srcu mode=closed layout=pointer control=0 entries=64 readers=2 "
                + "attach_threads=3 event_rate=0 attach_rate=5 section_ns=6 seed=18446744073709551615 warmup_ms=7 "
                + "duration_ms=8 cpus=9 clock_ns=10 preempt=full checking=1 arch=riscv64 kernel=6.12.0",
            "stewardscale: v1 figure id=a lock=srcu thread=1 role=reader cpu=4 what=report per=64 count=3 min=640 "
                + "mean=1280 max=6400",
            "stewardscale: v1 buckets id=a lock=srcu thread=1 what=report counts=9:2,12:1",
            "stewardscale: v1 end id=a lock=srcu violations=6 torn=1 late=2 changed=3 retries=4 waits=5 missed=6 "
                + "rests=7 lines=4")).result().measurements().get(0);

        assertThat(one).isEqualTo(new Measurement(
            new KernelResult.Run("a", "closed", 64, 2, 3, 0, 5, 6, -1, 7, 8, 9, "full", true, "riscv64", "6.12.0"),
            "srcu", true, false, 10, new KernelResult.Violations(1, 2, 3), 4, 5, 6, 7,
            List.of(new Figure(1, "reader", 4, "report", 64, 3, 10, 20, 100,
                List.of(new KernelResult.Bucket(16, 2), new KernelResult.Bucket(128, 1))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[    1.966934] ", "<6>[    1.966934] ", "[    1.966934][    T1] ", "kern  :info  : [  196.747107] ",
        "[Mon Jan  1 12:00:00 2024] ", "2024-01-01T12:00:00,123456+01:00 ",
        "<6>1 2024-01-01T12:00:00.123456Z host kernel - - - ", "Jan  1 12:00:00 host kernel: ",
        "Jan  1 12:00:00 host kernel: [    1.000001] ", "6,1234,5678901,-;", "> > [    1.966934] ",
        "01-31 12:00:00.123     0     0 I kernel  : ", "[2024-01-01 12:00:00.123] [    1.966934] "})
    void shouldReadBehindAnyPrefix(String prefix) throws IOException {
        List<String> messages = Logs.messages(Logs.AMD64);
        for (String lineEnd : List.of("\n", "\r\n")) {
            String text = messages.stream().map(line -> prefix + line).collect(Collectors.joining(lineEnd));
            assertThat(read(text)).isEqualTo(read(Logs.text(Logs.AMD64)));
        }
    }

    @Test
    void shouldReadTheJournalAsJsonAndAPackedLog() throws IOException {
        List<String> messages = Logs.messages(Logs.AMD64);
        String json = messages.stream().map(line -> "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"" + line + "\"}")
            .collect(Collectors.joining("\n"));
        Path packed = folder.resolve("dmesg.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Logs.text(Logs.AMD64).getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(read(json)).isEqualTo(read(Logs.text(Logs.AMD64)));
        assertThat(ScaleLog.read(packed)).isEqualTo(read(Logs.text(Logs.AMD64)));
    }

    /** Whichever line a ring buffer or a console has lost: its lock is left out, all others are there. */
    @Test
    void shouldLeaveOutTheLockOfAnyLineThatIsLost() throws IOException {
        List<String> messages = Logs.messages(Logs.RT_AMD64);
        List<Measurement> whole = read(String.join("\n", messages)).result().measurements();
        for (int lost = 0; lost < messages.size(); lost++) {
            List<String> left = new ArrayList<>(messages);
            ScaleLine line = ScaleLine.of(left.remove(lost));
            ScaleLog.Content content = read(String.join("\n", left));

            assertThat(content.problems()).as(line.text()).hasSize(1).first().asString()
                .contains("log:").contains("left out").contains("'" + line.word("lock") + "'");
            assertThat(content.result().measurements()).as(line.text())
                .containsExactlyElementsOf(whole.stream().filter(one -> !one.lock().equals(line.word("lock"))
                    || !one.run().id().equals(line.word("id"))).toList());
        }
    }

    @Test
    void shouldReadWhatIsWholeWhenTheLogIsCutAnywhere() throws IOException {
        String text = String.join("\n", Logs.messages(Logs.AMD64)) + "\n";
        int locks = 0;
        for (int end = text.indexOf('\n') / 2; end < text.length(); end += 97) {
            String cut = text.substring(0, end);
            int whole = (int) cut.lines().filter(line -> line.matches(".* v1 end .* lines=\\d+"))
                .filter(line -> text.contains(line + "\n")).count();
            if (!cut.contains(" v1 begin ")) {
                continue;
            }
            ScaleLog.Content content = read(cut);
            assertThat(content.result().measurements()).hasSize(whole);
            assertThat(content.problems().size()).isLessThanOrEqualTo(1);
            locks = Math.max(locks, whole);
        }
        assertThat(locks).isGreaterThan(LOCKS.size());
    }

    @Test
    void shouldNeverFailOtherwiseWhenALineIsDamaged() throws IOException {
        List<String> messages = Logs.messages(Logs.AMD64).subList(0, 12);
        SplittableRandom random = new SplittableRandom(19);
        for (int i = 0; i < 2_000; i++) {
            List<String> damaged = new ArrayList<>(messages);
            int line = random.nextInt(damaged.size());
            StringBuilder text = new StringBuilder(damaged.get(line));
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(' ', 127));
            damaged.set(line, text.toString());
            assertThatCode(() -> {
                try {
                    read(String.join("\n", damaged));
                } catch (KernelException e) {
                    assertThat(e.getMessage().lines()).hasSize(1);
                }
            }).as(text.toString()).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNameTheLineWhenBucketsOrLinesDoNotAddUp() throws IOException {
        String text = String.join("\n", Logs.messages(Logs.AMD64));

        assertThat(read(text.replaceFirst("counts=\\d+:", "counts=63:9999,1:")).problems()).singleElement().asString()
            .contains("whose buckets do not add up to its");
        assertThat(read(text.replaceFirst("entries=\\d+", "entries=x")).problems()).first().asString()
            .contains("log:1: ").contains("has no number in 'entries=x'");
        assertThat(read(text.replaceFirst("v1 figure", "v1 riddle")).problems()).first().asString()
            .contains("is of the unknown kind 'riddle'");
    }

    @Test
    void shouldTellAForeignLogANewerModuleAndAStoppedRun() throws IOException {
        String stopped = "stewardscale: v1 stopped id=x error=-4\n";

        assertThatThrownBy(() -> read("[    1.0] Booting Linux\nstewardscale: loading out-of-tree module\n"))
            .isInstanceOf(KernelException.class)
            .hasMessage(folder.resolve("log") + ": no line of stewardscale in 2 lines; a kernel log of a run of the "
                + "module is needed");
        assertThatThrownBy(() -> read(Logs.text(Logs.AMD64).replace("stewardscale: v1", "stewardscale: v2")))
            .isInstanceOf(KernelException.class).hasMessageContaining("version 2, this reader knows 1");
        assertThat(read(Logs.messages(Logs.AMD64).get(0) + "\n" + stopped).failures()).singleElement().asString()
            .endsWith(":2: the run 'x' was stopped (error -4)");
        assertThat(read("stewardscale: v1 refused readers=0: allowed is 1 to 64\n").failures())
            .containsExactly("the module refused readers=0: allowed is 1 to 64");
    }

    @Test
    void shouldReadTheRunOfOneIdAlone() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), Logs.text(Logs.AMD64), StandardCharsets.ISO_8859_1);

        assertThat(ScaleLog.read(log, "closed").result().measurements()).hasSize(LOCKS.size())
            .allMatch(one -> one.run().closed());
        assertThatThrownBy(() -> ScaleLog.read(log, "other")).isInstanceOf(KernelException.class)
            .hasMessageEndingWith("(run 'other')");
    }

    @Test
    void shouldSayWhereAPackedLogIsCutShort() throws IOException {
        byte[] packed = packed(Logs.text(Logs.AMD64));
        Path half = Files.write(folder.resolve("half.gz"), Arrays.copyOf(packed, packed.length * 9 / 10));
        ScaleLog.Content content = ScaleLog.read(half);

        assertThat(content.result().measurements()).isNotEmpty();
        assertThat(content.problems()).first().asString()
            .matches(half + ":\\d+: the packed file is cut short here: the rest is not read");

        byte[] foreign = packed("[    0.000000] Linux version 6.1\n".repeat(9999));
        Path other = Files.write(folder.resolve("other.gz"), Arrays.copyOf(foreign, foreign.length - 9));
        assertThatThrownBy(() -> ScaleLog.read(other)).isInstanceOf(KernelException.class)
            .hasMessageMatching(other + ": no line of stewardscale in \\d+ lines; a kernel log of a run of the module "
                + "is needed; " + other + ":\\d+: the packed file is cut short here: the rest is not read");
    }

    @Test
    void shouldSayWhichLineIsTooLongToBeRead() throws IOException {
        List<String> lines = new ArrayList<>(Logs.text(Logs.AMD64).lines().toList());
        lines.add(0, "x".repeat(70_000));
        Path log = Files.write(folder.resolve("long.log"), lines);
        ScaleLog.Content content = ScaleLog.read(log);

        assertThat(content.notes()).containsExactly(log + ":1: line of more than 65536 bytes skipped");
        assertThat(content.problems()).isEmpty();
        assertThat(content.result()).isEqualTo(read(Logs.text(Logs.AMD64)).result());
    }

    /** Where the module printed nothing, damage has hidden nothing of it. */
    @Test
    void shouldCallDamageAProblemOnlyInsideARun() throws IOException {
        List<String> lines = Logs.text(Logs.AMD64).lines().toList();
        int first = first(lines, " id=");
        int other = first(lines, " id=" + (lines.get(first).contains(" id=open") ? "closed" : "open"));
        for (String damage : List.of("kernel: message repeated 20000 times: [ reset ]", "x".repeat(70_000),
            "\0".repeat(9))) {
            for (int at : new int[] {first, first + 1, other, other + 1, lines.size()}) {
                List<String> damaged = new ArrayList<>(lines);
                damaged.add(at, damage);
                boolean inside = at == first + 1 || at == other + 1;

                ScaleLog.Content content = read(String.join("\n", damaged));

                assertThat(inside ? content.problems() : content.notes()).singleElement().asString()
                    .contains("log:" + (at + 1) + ": ");
                assertThat(inside ? content.notes() : content.problems()).isEmpty();
            }
        }
    }

    private static int first(List<String> lines, String part) {
        return lines.indexOf(lines.stream().filter(line -> line.contains("stewardscale: v1") && line.contains(part))
            .findFirst().orElseThrow());
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return packed.toByteArray();
    }

    private ScaleLog.Content read(String text) throws IOException {
        return ScaleLog.read(Files.writeString(folder.resolve("log"), text, StandardCharsets.ISO_8859_1));
    }
}
