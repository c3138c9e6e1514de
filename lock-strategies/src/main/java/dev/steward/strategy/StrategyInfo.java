package dev.steward.strategy;

/**
 * What a reader of a result table must know of a contestant beside its figures.
 *
 * @param name            command-line value and first column of every table; lower case, at most 12 characters.
 * @param title           one line: the algorithm and where it comes from.
 * @param kernelPrimitive nearest primitive of the Linux kernel.
 * @param ranked          false for a floor or a negative control, which never enters a ranking.
 * @param context         where the kernel primitive may be used and whether its holder may sleep.
 * @param readerWrites    the shared memory that the event path writes.
 * @param notModelled     what the JVM version cannot show of the kernel primitive.
 */
public record StrategyInfo(
    String name,
    String title,
    String kernelPrimitive,
    boolean ranked,
    String context,
    String readerWrites,
    String notModelled) {
}
