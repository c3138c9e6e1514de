package dev.steward.strategy;

import dev.steward.engine.stream.OffHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One 64-bit word of the heap with two cache lines of nothing on either side, so that what is written here disturbs
 * nobody who reads something else.
 *
 * <p>Byte fields in a chain of super classes, since a JVM reorders the fields of one class but never mixes those of
 * two. Each access names its memory mode.
 */
final class PaddedLong extends PaddedLongValue {
    static final int LENGTH_BYTES = 2 * OffHeap.PADDED_LENGTH + 24;

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(PaddedLongValue.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    byte q000, q001, q002, q003, q004, q005, q006, q007, q008, q009, q010, q011, q012, q013, q014, q015;
    byte q016, q017, q018, q019, q020, q021, q022, q023, q024, q025, q026, q027, q028, q029, q030, q031;
    byte q032, q033, q034, q035, q036, q037, q038, q039, q040, q041, q042, q043, q044, q045, q046, q047;
    byte q048, q049, q050, q051, q052, q053, q054, q055, q056, q057, q058, q059, q060, q061, q062, q063;
    byte q064, q065, q066, q067, q068, q069, q070, q071, q072, q073, q074, q075, q076, q077, q078, q079;
    byte q080, q081, q082, q083, q084, q085, q086, q087, q088, q089, q090, q091, q092, q093, q094, q095;
    byte q096, q097, q098, q099, q100, q101, q102, q103, q104, q105, q106, q107, q108, q109, q110, q111;
    byte q112, q113, q114, q115, q116, q117, q118, q119, q120, q121, q122, q123, q124, q125, q126, q127;

    long getPlain() {
        return value;
    }

    long getOpaque() {
        return (long) VALUE.getOpaque(this);
    }

    long getAcquire() {
        return (long) VALUE.getAcquire(this);
    }

    long getVolatile() {
        return (long) VALUE.getVolatile(this);
    }

    void setOpaque(long newValue) {
        VALUE.setOpaque(this, newValue);
    }

    void setRelease(long newValue) {
        VALUE.setRelease(this, newValue);
    }

    void setVolatile(long newValue) {
        VALUE.setVolatile(this, newValue);
    }

    /** A volatile read-modify-write. */
    long getAndAdd(long by) {
        return (long) VALUE.getAndAdd(this, by);
    }

    /** A volatile read-modify-write. */
    boolean compareAndSet(long expected, long newValue) {
        return VALUE.compareAndSet(this, expected, newValue);
    }
}

/** The word. */
abstract class PaddedLongValue extends Padding {
    long value;
}
