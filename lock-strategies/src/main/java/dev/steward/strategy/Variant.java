package dev.steward.strategy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One value for each dimension, written {@code scope:reclamation:attach:shape:waiting} without defaults.
 *
 * @param shape   which of several algorithms of a sleeping lock, a word of its dimension; empty for the default.
 * @param waiting how those wait who do not get it, a word of its dimension; empty for the default.
 */
record Variant(Scope scope, Reclamation reclamation, AttachMode attach, String shape, String waiting) {
    static final Variant DEFAULT = new Variant(Scope.SMMU, Reclamation.EBR, AttachMode.SYNC, "", "");

    private static final Pattern STRIPED = Pattern.compile("striped([0-9]{1,5})");

    /**
     * Reads the part of a name after the first colon.
     *
     * @throws IllegalArgumentException with one line that says what is allowed.
     */
    static Variant parse(String name, String text, Set<Dimension> dimensions) {
        Variant variant = DEFAULT;
        for (String value : text.split(":", -1)) {
            Variant next = dimensions.stream()
                .map(dimension -> new Parser(value, dimension))
                .filter(Parser::matches)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "': unknown variant '" + value
                    + "'; allowed: " + allowed(dimensions)))
                .applyTo(variant);
            variant = next;
        }
        if (variant.reclamation == Reclamation.GC && variant.attach == AttachMode.DEFERRED) {
            throw new IllegalArgumentException(
                "'" + name + "': gc knows no grace period, so there is nothing to defer");
        }
        return variant;
    }

    private static String allowed(Set<Dimension> dimensions) {
        return dimensions.isEmpty() ? "none" : dimensions.stream()
            .map(dimension -> String.join(", ", dimension.words())).collect(Collectors.joining("; "));
    }

    /** The shortest text that {@link #parse} reads as this variant; empty for the default. */
    String suffix() {
        StringBuilder suffix = new StringBuilder();
        if (!scope.equals(DEFAULT.scope)) {
            suffix.append(':').append(scope.kind() == Scope.Kind.MASTER ? "master" : "striped" + scope.stripes());
        }
        if (reclamation != DEFAULT.reclamation) {
            suffix.append(':').append(EnumWord.of(reclamation));
        }
        if (attach != DEFAULT.attach) {
            suffix.append(':').append(EnumWord.of(attach));
        }
        for (String word : new String[] {shape, waiting}) {
            if (!word.isEmpty()) {
                suffix.append(':').append(word);
            }
        }
        return suffix.toString();
    }

    /** The description of a strategy in this variant. */
    StrategyDescription describe(StrategyDescription plain) {
        boolean deferred = attach == AttachMode.DEFERRED;
        boolean collected = reclamation == Reclamation.GC;
        StrategyDescription kernel = plain.dimensions().contains(Dimension.RECLAMATION)
            ? plain.nearestTo(reclamation.kernelPrimitive(attach), reclamation.context(attach),
                reclamation.usage(attach))
            : plain;
        return kernel.varied(plain.name() + suffix(),
            collected ? Quiescence.NEVER : deferred ? Quiescence.AT_DESTROY : plain.quiescence(),
            plain.allocationFree() && !collected);
    }

    /** One written value, taken as one of a dimension. */
    private record Parser(String value, Dimension dimension) {
        boolean matches() {
            return dimension.words().contains(value) && !value.contains("<")
                || dimension == Dimension.SCOPE && stripes() > 0;
        }

        private int stripes() {
            Matcher matcher = STRIPED.matcher(value);
            int stripes = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            return Integer.bitCount(stripes) == 1 && stripes <= Scope.MAX_STRIPES ? stripes : 0;
        }

        Variant applyTo(Variant variant) {
            return switch (dimension) {
                case SCOPE -> new Variant(
                    scope(), variant.reclamation, variant.attach, variant.shape, variant.waiting);
                case RECLAMATION -> new Variant(
                    variant.scope, Reclamation.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_')),
                    variant.attach, variant.shape, variant.waiting);
                case ATTACH -> new Variant(
                    variant.scope, variant.reclamation, AttachMode.valueOf(value.toUpperCase(Locale.ROOT)),
                    variant.shape, variant.waiting);
                case RWSEM, PTHREAD_MUTEX, PTHREAD_RWLOCK -> new Variant(
                    variant.scope, variant.reclamation, variant.attach, wordOrDefault(), variant.waiting);
                case SLEEPERS, SPINNERS, QUEUED -> new Variant(
                    variant.scope, variant.reclamation, variant.attach, variant.shape, wordOrDefault());
            };
        }

        private String wordOrDefault() {
            return value.equals(dimension.words().get(0)) ? "" : value;
        }

        private Scope scope() {
            return switch (value) {
                case "smmu" -> Scope.SMMU;
                case "master" -> Scope.MASTER;
                default -> Scope.striped(stripes());
            };
        }
    }
}
