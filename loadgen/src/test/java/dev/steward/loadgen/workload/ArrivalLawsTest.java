package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all synthetic laws promise. */
class ArrivalLawsTest {
    private static final int MANY = 1_000_000;
    private static final int HASHED = 20_000;

    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldGiveTheseVeryArrivalsOnEveryMachine(Law law) {
        assertThat(hash(law.at(20_000, 42))).isEqualTo(law.golden);
    }

    @ParameterizedTest
    @EnumSource(value = Law.class, mode = EnumSource.Mode.EXCLUDE, names = "CONSTANT")
    void shouldGiveOtherArrivalsWhenTheSeedIsAnother(Law law) {
        assertThat(hash(law.at(20_000, 43))).isNotEqualTo(law.golden);
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldNeverGoBack(Law law) {
        ArrivalProcess arrivals = law.at(5e6, 7);
        long lastNs = 0;
        for (int i = 0; i < MANY; i++) {
            long atNs = arrivals.nextNs();
            if (atNs < lastNs) {
                assertThat(atNs).as("arrival " + i).isGreaterThanOrEqualTo(lastNs);
            }
            lastNs = atNs;
        }
        assertThat(lastNs).isPositive();
    }

    /** The coarsest: a hundred seconds hold 500 to 1000 cycles of the patterns and of the states. */
    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldOfferTheMeanRateWhateverItsShape(Law law) {
        assertThat(rate(law.at(20_000, 42))).isBetween(20_000 * 0.97, 20_000 * 1.03);
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldFailTheRateTestWhenTheRateIsFivePercentOff(Law law) {
        assertThat(rate(law.at(21_400, 42))).isGreaterThan(20_000 * 1.03);
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldStandStillRatherThanOverflowWhenTheRateIsTiny(Law law) {
        for (double ratePerSecond : new double[] {1e-12, 1e-300, Double.MIN_VALUE}) {
            ArrivalProcess arrivals = law.at(ratePerSecond, 1);
            arrivals.nextNs();
            arrivals.nextNs();

            for (int i = 0; i < 10; i++) {
                assertThat(arrivals.nextNs()).isEqualTo(ArrivalProcess.MAX_NS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldNotAllocate(Law law) {
        ArrivalProcess arrivals = law.at(20_000, 1);
        assertThat(allocatedBy(arrivals)).isNotNegative();

        // One object of the smallest size for each arrival would be sixteen times this many bytes.
        assertThat(allocatedBy(arrivals)).isLessThan(MANY);
    }

    @Test
    void shouldFailTheAllocationTestWhenEveryArrivalAllocates() {
        long[][] kept = new long[1][];
        ArrivalProcess wasteful = () -> {
            kept[0] = new long[2];
            return kept[0].length;
        };

        assertThat(allocatedBy(wasteful)).isGreaterThan(MANY);
    }

    private static long allocatedBy(ArrivalProcess arrivals) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = 0;
        for (int i = 0; i < MANY; i++) {
            sum += arrivals.nextNs();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sum).isNotZero();
        return allocated;
    }

    private static double rate(ArrivalProcess arrivals) {
        int arrived = 0;
        while (arrivals.nextNs() < 100_000_000_000L) {
            arrived++;
        }
        return arrived / 100.0;
    }

    private static String hash(ArrivalProcess arrivals) {
        ByteBuffer bytes = ByteBuffer.allocate(HASHED * Long.BYTES);
        for (int i = 0; i < HASHED; i++) {
            bytes.putLong(arrivals.nextNs());
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
