package dev.steward.results;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Range of a number of the format, or of each of a list or map; a field without it holds {@link Range#COUNT}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Within {
    /** What is allowed. */
    Range value();

    /** What a number may be: a reader refuses others, and the schemas say the same but for 2^53, which a test holds. */
    enum Range {
        /** 0 or more. */
        COUNT(0, Range.MOST, "0 to 2^53"),
        /** 0 or more, of which a log may have any number. */
        LONG(0, Long.MAX_VALUE, "0 to 2^63"),
        /** Above 0. */
        POSITIVE(Double.MIN_VALUE, Range.MOST, "above 0, at most 2^53"),
        /** Of a whole. */
        SHARE(0, 1, "0 to 1"),
        /** Below 0, too. */
        SIGNED(-Range.MOST, Range.MOST, "-2^53 to 2^53"),
        /** Any 64 bits. */
        BITS(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "any");

        /** Up to it a double holds every whole number, and sums of a few do not overflow. */
        private static final double MOST = 1L << 53;

        private final double least;
        private final double most;
        private final String words;

        Range(double least, double most, String words) {
            this.least = least;
            this.most = most;
            this.words = words;
        }

        /** {@return whether a number is allowed; a count that is not a number stands for "not measured"} */
        boolean allows(double number) {
            return number >= least && number <= most || this == COUNT && Double.isNaN(number);
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
