package dev.steward.strategy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a strategy: stands on the class that implements {@link Strategy}, and is read as a
 * {@link StrategyDescription}, which says what each value means. Values without a default are required, and none may be
 * blank.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Description {
    /** Command-line value: lower case, digits, hyphens. */
    String name();

    /** What kind of algorithm it is. */
    Family family();

    /** The algorithm in one line. */
    String title();

    /** Paper or kernel file that it comes from. */
    String source();

    /** Nearest primitive of the Linux kernel. */
    String kernelPrimitive();

    /** Where the kernel primitive may be used and whether its holder may sleep. */
    String context();

    /** The rules that the kernel primitive obeys. */
    Usage usage() default Usage.UNKNOWN;

    /** How much one has to know to see that it is right. */
    Simplicity simplicity() default Simplicity.UNKNOWN;

    /** The shared memory that the event path writes. */
    String readerWrites();

    /** The shared memory that the attach path writes. */
    String writerWrites();

    /** What the JVM version cannot show of the kernel primitive. */
    String notModelled();

    /** When a replaced attachment is out of reach. */
    Quiescence quiescence() default Quiescence.AT_COMMIT;

    /** Name of the strategy without protection over the same layout. */
    String floor() default "unguarded";

    /** Whether events and uncontended attaches make no garbage. */
    boolean allocationFree() default true;

    /** Whether each section costs a pair of calls out of Java, which is then part of its floor. */
    boolean nativeCalls() default false;

    /** What may be varied. */
    Dimension[] variedBy() default {};
}
