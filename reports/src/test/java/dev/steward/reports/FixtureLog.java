package dev.steward.reports;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Interval logs as the rig writes them, filled from a seed. */
final class FixtureLog {
    static final long START_MS = 1_770_000_000_000L;
    static final long HIGHEST_NS = 60_000_000_000L;
    static final int SLICES = 5;
    static final int SLICE_MS = 1000;

    private static final Map<String, byte[]> DRAWN = new ConcurrentHashMap<>();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final HistogramLogWriter writer = new HistogramLogWriter(bytes);

    FixtureLog() {
        writer.outputLogFormatVersion();
        writer.outputStartTime(START_MS);
        writer.outputLegend();
    }

    /** Tails grow with the number of the strategy, so that curves and tables differ. */
    static byte[] of(int strategy, String path, int repeat) {
        // Equal arguments give equal bytes, and drawing them is what would make the tests slow.
        return DRAWN.computeIfAbsent(strategy + path + repeat, key -> draw(strategy, path, repeat)).clone();
    }

    /** With batches of invalidations, which take as long as the strategy is slow. */
    static byte[] invalidating(int strategy, String path, int repeat) {
        FixtureLog log = new FixtureLog();
        Random random = new Random(strategy);
        for (int slice = 0; slice < SLICES; slice++) {
            log.drawn("invalidate", slice, 200, 30_000 * (1 + strategy), random);
            log.drawn("invalidate.raw", slice, 200, 1_000 * (1 + strategy), random);
        }
        byte[] more = log.bytes();
        byte[] all = of(strategy, path, repeat);
        int header = new FixtureLog().bytes().length;
        byte[] both = Arrays.copyOf(all, all.length + more.length - header);
        System.arraycopy(more, header, both, all.length, more.length - header);
        return both;
    }

    private static byte[] draw(int strategy, String path, int repeat) {
        return draw(strategy, path, repeat, SLICES);
    }

    /** A log of any length. */
    static byte[] draw(int strategy, String path, int repeat, int slices) {
        Random random = new Random(strategy * 1000L + repeat * 10L + path.length());
        double scale = 1 + 0.4 * strategy;
        FixtureLog log = new FixtureLog();
        Random more = new Random(strategy);
        Random ages = new Random(strategy);
        for (int slice = 0; slice < slices; slice++) {
            if (path.equals("ring")) {
                log.drawn("event.after.w2", slice, 3, 4000 * scale, ages);
            }
            log.drawn("stage.decode", slice, 62, 15, more);
            log.drawn("stage.lookup", slice, 62, 20, more);
            log.drawn("stage.wake", slice, 62, 100, more);
            log.drawn("event.enqueue", slice, 1000, 1500 * scale, random);
            log.drawn("event.enqueue.raw", slice, 1000, 900 * scale, random);
            log.drawn("event.read", slice, 1000, 2500 * scale, random);
            log.drawn("event.read.raw", slice, 1000, 2000 * scale, random);
            log.drawn("attach", slice, 40, 20_000 * scale, random);
            log.drawn("attach.raw", slice, 40, 18_000 * scale, random);
            log.drawn("attach.commit", slice, 40, 3000 * scale, random);
            if (strategy == 4) {
                log.drawn("grace", slice, 40, 2_000_000, random);
            }
            if (path.equals("ring")) {
                log.drawn("stage.ring", slice, 62, 700, random);
            }
            // The floor comes last in the fixture.
            double guarding = strategy == 5 ? 0.5 : scale;
            log.drawn("stage.wait", slice, 62, 60 * guarding, random);
            log.drawn("stage.section", slice, 62, 300, random);
            log.drawn("stage.enqueue", slice, 62, 250, random);
            log.drawn("stage.unlock", slice, 62, 30 * guarding, random);
            log.drawn("slip.storm", slice, 1000, 200, random);
            log.drawn("slip.churn", slice, 40, 400, random);
            log.drawn("hiccup", slice, 900, 55_000, random);
        }
        for (int guest = 0; guest < 3; guest++) {
            log.guest(guest, guest == 0 ? 3900 : 390, 1400 * scale * (guest + 1), random);
        }
        return log.bytes();
    }

    /** One interval as long as the window. */
    private void guest(int guest, int count, double medianNs, Random random) {
        Histogram histogram = new Histogram(1, HIGHEST_NS, 2);
        for (int i = 0; i < count; i++) {
            histogram.recordValue(Math.max(1, Math.round(medianNs * StrictMath.exp(0.6 * random.nextGaussian()))));
        }
        histogram.setTag("event.enqueue.guest." + guest);
        histogram.setStartTimeStamp(START_MS);
        histogram.setEndTimeStamp(START_MS + (long) SLICES * SLICE_MS);
        writer.outputIntervalHistogram(histogram);
    }

    FixtureLog slice(String tag, int slice, long... valuesNs) {
        Histogram histogram = new Histogram(1, HIGHEST_NS, 3);
        for (long value : valuesNs) {
            histogram.recordValue(value);
        }
        histogram.setTag(tag);
        histogram.setStartTimeStamp(START_MS + (long) slice * SLICE_MS);
        histogram.setEndTimeStamp(START_MS + (long) (slice + 1) * SLICE_MS);
        writer.outputIntervalHistogram(histogram);
        return this;
    }

    byte[] bytes() {
        writer.close();
        return bytes.toByteArray();
    }

    private void drawn(String tag, int slice, int count, double medianNs, Random random) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            // StrictMath: the golden files must not depend on a platform's logarithm.
            values[i] = (long) (medianNs * (0.6 + 0.58 * -StrictMath.log(1 - random.nextDouble())));
        }
        slice(tag, slice, values);
    }
}
