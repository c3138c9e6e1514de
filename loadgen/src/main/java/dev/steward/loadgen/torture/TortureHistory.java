package dev.steward.loadgen.torture;

import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.WholeFile;
import dev.steward.results.Writable;
import dev.steward.results.Wording;
import dev.steward.strategy.torture.GuardTorture;
import dev.steward.strategy.torture.TortureStep;
import dev.steward.strategy.torture.TortureTally;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A broken promise as a file: what was run, and what each thread did last. Lines {@code key=value}, then one for each
 * operation, oldest end first. A replay runs the same choices again; the schedule is the machine's.
 *
 * @param strategy name, maybe with variants.
 * @param options  of the run.
 */
public record TortureHistory(String strategy, TortureRun.Options options) {
    private static final String FIRST_LINE = "# steward torture history 1";
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    /**
     * Writes one.
     *
     * @throws IOException if the file cannot be written.
     */
    void write(Path file, int streams, TortureTally tally, List<TortureStep> steps) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
            FIRST_LINE,
            "strategy=" + strategy,
            "time=" + (options.time() == null ? "" : options.time()),
            "readers=" + options.readers(),
            "committers=" + options.committers(),
            "seed=" + options.seed(),
            "disturb=" + Disturbance.words(options.disturb()),
            "streams=" + streams,
            String.format(Locale.ROOT, "violations=torn %d, stale %d, late %d, lost %d, doubled %d",
                tally.torn(), tally.stale(), tally.late(), tally.lost(), tally.doubled()),
            "# thread operation stream commit start_ns end_ns; commit -: not attached; !!!: a promise was broken"));
        long firstNs = steps.stream().mapToLong(TortureStep::startNs).min().orElse(0);
        steps.forEach(step -> lines.add(line(step, firstNs)));
        Files.write(file, lines);
    }

    /** Leaves a file as it is; a long run must not find out at its end that it cannot be written. */
    static void requireWritable(Path file) {
        Writable.refusal(file).ifPresent(why -> {
            throw new IllegalArgumentException("save: " + file + " " + why);
        });
    }

    private String line(TortureStep step, long firstNs) {
        boolean committer = step.thread() < options.committers();
        return String.format(Locale.ROOT, "%s%d %s %d %s %d %d%s",
            committer ? "committer" : "reader", committer ? step.thread() : step.thread() - options.committers(),
            step.operation().name().toLowerCase(Locale.ROOT), step.streamId(),
            step.commit() == TortureStep.NOT_ATTACHED ? "-" : step.commit(),
            step.startNs() - firstNs, step.endNs() - firstNs, step.broken() ? " !!!" : "");
    }

    private static List<String> lines(Path file) {
        try {
            return WholeFile.text(file).lines().toList();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("replay: " + file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("replay: " + file + " is no history of a torture", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("replay: " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what was run.
     *
     * @throws IllegalArgumentException with one line that names the file and its line, if it cannot be read, is no
     *                                  history, or holds what a torture does not allow.
     */
    public static TortureHistory read(Path file) {
        List<String> lines = lines(file);
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            throw new IllegalArgumentException("replay: " + file + " is no history of a torture");
        }
        UnaryOperator<String> required = key -> {
            int at = at(lines, key);
            if (at < 0) {
                throw new IllegalArgumentException("replay: " + file + " lacks " + key);
            }
            return lines.get(at).substring(key.length() + 1);
        };
        String strategy = required.apply("strategy");
        String time = required.apply("time");
        List.of("readers", "committers", "seed").forEach(required::apply);
        try {
            StrategyChoice.named(List.of(strategy));
            TortureRun.Options options = new TortureRun.Options(time.isEmpty() ? null : time,
                (int) number("readers", required, 1, GuardTorture.STREAMS),
                (int) number("committers", required, 1, GuardTorture.STREAMS),
                number("seed", required, Long.MIN_VALUE, Long.MAX_VALUE),
                Disturbance.named(at(lines, "disturb") < 0 ? "none" : required.apply("disturb")));
            options.require();
            return new TortureHistory(strategy, options);
        } catch (ScenarioException e) {
            throw refusal(file, lines, e.getMessage().replaceFirst("^--", ""), e);
        } catch (IllegalArgumentException e) {
            throw refusal(file, lines, e.getMessage(), e);
        }
    }

    /** Where a setting stands, or a negative number. */
    private static int at(List<String> lines, String key) {
        return IntStream.range(0, lines.size()).filter(line -> lines.get(line).startsWith(key + "=")).findFirst()
            .orElse(-1);
    }

    /** Of a message that begins with the name of a setting. */
    private static IllegalArgumentException refusal(
        Path file, List<String> lines, String message, RuntimeException cause) {
        int at = at(lines, message.substring(0, Math.max(0, message.indexOf(':'))));
        return new IllegalArgumentException(
            "replay: " + file + ": " + (at < 0 ? "" : "line " + (at + 1) + ": ") + message, cause);
    }

    private static long number(String key, UnaryOperator<String> settings, long least, long most) {
        String text = settings.apply(key);
        BigInteger number = WHOLE.matcher(text).matches() ? new BigInteger(text) : null;
        if (number != null && number.compareTo(BigInteger.valueOf(least)) >= 0
            && number.compareTo(BigInteger.valueOf(most)) <= 0) {
            return number.longValue();
        }
        throw new IllegalArgumentException(
            key + ": '" + Wording.shown(text) + "' is not a whole number from " + least + " to " + most);
    }
}
