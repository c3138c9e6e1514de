package dev.steward.strategy;

import java.lang.reflect.AnnotatedElement;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a reader of a result table must know of a strategy beside its figures; written as a {@link Description}.
 *
 * @param name            command-line value and first column of every table; variants after colons.
 * @param context         where the kernel primitive may be used and whether its holder may sleep.
 * @param notModelled     what the JVM version cannot show of the kernel primitive.
 * @param floor           name of the strategy without protection over the same layout, to be compared with: "unguarded"
 *                        for records in place, "unguarded-pointer" for records behind one more dependent load.
 * @param allocationFree  translate, report and an uncontended commit make no garbage; tests hold it to that.
 * @param nativeCalls     each section costs a pair of calls out of Java, which is then part of its floor.
 * @param dimensions      what may be varied, maybe nothing.
 */
public record StrategyDescription(
    String name, Family family, String title, String source, String kernelPrimitive, String context, Usage usage,
    Simplicity simplicity, String readerWrites, String writerWrites, String notModelled, Quiescence quiescence,
    String floor, boolean allocationFree, boolean nativeCalls, Set<Dimension> dimensions) {

    /** It becomes part of the names of files, and a column of every table. */
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME =
        Pattern.compile("(?=.{1," + LONGEST_NAME + "}$)[A-Za-z0-9][A-Za-z0-9._-]*(?::[A-Za-z0-9._-]+)*");

    /**
     * Checks that nothing is missing, and that the name can be one of files.
     *
     * @throws IllegalArgumentException with one line that says what is.
     */
    public StrategyDescription {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("strategy '" + name + "': its description does not say the name");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("strategy '" + shown(name) + "': its name cannot be that of a "
                + "file; allowed: letters, digits, '.', '_' and '-', variants after colons, at most " + LONGEST_NAME
                + " in all");
        }
        check(name, "title", title);
        check(name, "source", source);
        check(name, "kernelPrimitive", kernelPrimitive);
        check(name, "context", context);
        check(name, "readerWrites", readerWrites);
        check(name, "writerWrites", writerWrites);
        check(name, "notModelled", notModelled);
        check(name, "floor", floor);
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(simplicity, "simplicity");
        Objects.requireNonNull(quiescence, "quiescence");
        // In the order of the dimensions, which is that of a variant's values in its name.
        dimensions = dimensions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(dimensions));
    }

    private static String shown(String name) {
        String plain = name.replaceAll("\\p{C}", "?");
        return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) + "..." : plain;
    }

    private static void check(String name, String field, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("strategy '" + name + "': its description does not say the " + field);
        }
        // They go to terminals and into reports.
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                "strategy '" + shown(name) + "': its " + field + " has a control character");
        }
    }

    /**
     * Reads a description.
     *
     * @throws IllegalArgumentException with one line, if there is none or a value is blank.
     */
    public static StrategyDescription of(AnnotatedElement described) {
        Description said = described.getAnnotation(Description.class);
        if (said == null) {
            throw new IllegalArgumentException(described + " has no @Description");
        }
        return new StrategyDescription(said.name(), said.family(), said.title(), said.source(),
            said.kernelPrimitive(), said.context(), said.usage(), said.simplicity(), said.readerWrites(),
            said.writerWrites(), said.notModelled(), said.quiescence(), said.floor(), said.allocationFree(),
            said.nativeCalls(), Set.copyOf(List.of(said.variedBy())));
    }

    /** Reads the description of an entry of a list. */
    public static StrategyDescription of(Enum<?> constant) {
        try {
            return of(constant.getDeclaringClass().getField(constant.name()));
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether it keeps the promises of the port; floors and negative controls do not, and never enter a ranking. */
    public boolean ranked() {
        return quiescence != Quiescence.NEVER;
    }

    /** A copy with another primitive of the kernel, and its rules. */
    StrategyDescription nearestTo(String newPrimitive, String newContext, Usage newUsage) {
        return new StrategyDescription(name, family, title, source, newPrimitive, newContext, newUsage,
            simplicity, readerWrites, writerWrites, notModelled, quiescence, floor, allocationFree, nativeCalls,
            dimensions);
    }

    /** A copy with what a variant may change. */
    public StrategyDescription varied(String newName, Quiescence newQuiescence, boolean newAllocationFree) {
        return new StrategyDescription(newName, family, title, source, kernelPrimitive, context, usage,
            simplicity, readerWrites, writerWrites, notModelled, newQuiescence, floor, newAllocationFree, nativeCalls,
            dimensions);
    }

    /** A copy for something that is built around it and has no dimensions. */
    public StrategyDescription builtInto(String newName, String newTitle, String newFloor, boolean newAllocationFree) {
        return new StrategyDescription(newName, family, newTitle, source, kernelPrimitive, context, usage,
            simplicity, readerWrites, writerWrites, notModelled, quiescence, newFloor, newAllocationFree, nativeCalls,
            Set.of());
    }
}
