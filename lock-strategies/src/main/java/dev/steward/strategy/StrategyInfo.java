package dev.steward.strategy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a reader of a result table must know of a strategy beside its figures. Immutable.
 */
public final class StrategyInfo {
    private final Builder fields;

    private StrategyInfo(Builder fields) {
        this.fields = fields;
    }

    /**
     * Starts the description of a strategy.
     *
     * @param name command-line value and first column of every table: lower case, digits, hyphens.
     * @return to be filled in.
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Command-line value and first column of every table.
     *
     * @return lower case, digits, hyphens; variants after colons.
     */
    public String name() {
        return fields.name;
    }

    /**
     * What kind of design this is.
     *
     * @return never null.
     */
    public Family family() {
        return fields.family;
    }

    /**
     * The algorithm in one line.
     *
     * @return never blank.
     */
    public String title() {
        return fields.title;
    }

    /**
     * Where the algorithm comes from: paper or kernel file.
     *
     * @return never blank.
     */
    public String source() {
        return fields.source;
    }

    /**
     * Nearest primitive of the Linux kernel.
     *
     * @return never blank.
     */
    public String kernelPrimitive() {
        return fields.kernelPrimitive;
    }

    /**
     * Where the kernel primitive may be used and whether its holder may sleep.
     *
     * @return never blank.
     */
    public String context() {
        return fields.context;
    }

    /**
     * The rules that the nearest kernel primitive obeys.
     *
     * @return {@link Usage#UNKNOWN} if it does not say.
     */
    public Usage usage() {
        return fields.usage;
    }

    /**
     * The shared memory that the event path writes.
     *
     * @return never blank.
     */
    public String readerWrites() {
        return fields.readerWrites;
    }

    /**
     * The shared memory that the attach path writes.
     *
     * @return never blank.
     */
    public String writerWrites() {
        return fields.writerWrites;
    }

    /**
     * What the JVM version cannot show of the kernel primitive.
     *
     * @return never blank.
     */
    public String notModelled() {
        return fields.notModelled;
    }

    /**
     * When a replaced attachment is out of reach.
     *
     * @return never null.
     */
    public Quiescence quiescence() {
        return fields.quiescence;
    }

    /**
     * Tells a strategy from a floor or a negative control, which never enters a ranking.
     *
     * @return true if it keeps the promises of the port.
     */
    public boolean ranked() {
        return fields.quiescence != Quiescence.NEVER;
    }

    /**
     * Name of the strategy without protection over the same layout, which this one is to be compared with.
     *
     * @return "unguarded" for records in place, "unguarded-pointer" for records behind one more dependent load.
     */
    public String floor() {
        return fields.floor;
    }

    /**
     * Tells whether translate, report and an uncontended commit make no garbage.
     *
     * @return true if it claims so; tests hold it to that.
     */
    public boolean allocationFree() {
        return fields.allocationFree;
    }

    /**
     * What may be varied.
     *
     * @return immutable, maybe empty.
     */
    public Set<Dimension> dimensions() {
        return fields.dimensions;
    }

    /**
     * This description, to be changed in a few words for a variant or an alias.
     *
     * @return a copy.
     */
    public Builder toBuilder() {
        return fields.copy();
    }

    /** What kind of design a strategy is. */
    public enum Family {
        /** One at a time, readers too. */
        EXCLUSIVE,
        /** Readers beside each other. */
        SHARED,
        /** Readers look, then validate. */
        OPTIMISTIC,
        /** Readers follow a pointer to what does not change. */
        RCU,
        /** Made for the one event handler of an SMMU. */
        SINGLE_READER,
        /** Readers count themselves in and out of the attachment. */
        COUNTED,
        /** No protection: floor and negative control. */
        FLOOR
    }

    /** When a replaced attachment is out of reach of all events. */
    public enum Quiescence {
        /** When commit returns. */
        AT_COMMIT,
        /** When the synchronize returns that comes before the destroy of a vIOMMU. */
        AT_DESTROY,
        /** Nobody knows. */
        NEVER
    }

    /** Collects a description. For one thread. */
    public static final class Builder implements Cloneable {
        private String name;
        private Family family;
        private String title;
        private String source;
        private String kernelPrimitive;
        private String context;
        private Usage usage = Usage.UNKNOWN;
        private String readerWrites;
        private String writerWrites;
        private String notModelled;
        private Quiescence quiescence = Quiescence.AT_COMMIT;
        private String floor = "unguarded";
        private boolean allocationFree = true;
        private Set<Dimension> dimensions = Set.of();

        private Builder(String name) {
            this.name = name;
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        /**
         * Sets another name.
         *
         * @param newName command-line value.
         * @return this.
         */
        public Builder renamed(String newName) {
            name = newName;
            return this;
        }

        /**
         * Sets the family.
         *
         * @param value kind of design.
         * @return this.
         */
        public Builder family(Family value) {
            family = value;
            return this;
        }

        /**
         * Sets the title.
         *
         * @param value the algorithm in one line.
         * @return this.
         */
        public Builder title(String value) {
            title = value;
            return this;
        }

        /**
         * Sets the source.
         *
         * @param value paper or kernel file.
         * @return this.
         */
        public Builder source(String value) {
            source = value;
            return this;
        }

        /**
         * Sets the nearest kernel primitive.
         *
         * @param value its name.
         * @return this.
         */
        public Builder kernelPrimitive(String value) {
            kernelPrimitive = value;
            return this;
        }

        /**
         * Sets the context.
         *
         * @param value where the kernel primitive may be used and whether its holder may sleep.
         * @return this.
         */
        public Builder context(String value) {
            context = value;
            return this;
        }

        /**
         * Sets the rules that the kernel primitive obeys; {@link Usage#UNKNOWN} if not set.
         *
         * @param value rules.
         * @return this.
         */
        public Builder usage(Usage value) {
            usage = value;
            return this;
        }

        /**
         * Sets what a reader writes.
         *
         * @param value shared memory that the event path writes.
         * @return this.
         */
        public Builder readerWrites(String value) {
            readerWrites = value;
            return this;
        }

        /**
         * Sets what a writer writes.
         *
         * @param value shared memory that the attach path writes.
         * @return this.
         */
        public Builder writerWrites(String value) {
            writerWrites = value;
            return this;
        }

        /**
         * Sets what is missing.
         *
         * @param value what the JVM version cannot show.
         * @return this.
         */
        public Builder notModelled(String value) {
            notModelled = value;
            return this;
        }

        /**
         * Sets when a replaced attachment is out of reach; {@link Quiescence#AT_COMMIT} if not set.
         *
         * @param value when.
         * @return this.
         */
        public Builder quiescence(Quiescence value) {
            quiescence = value;
            return this;
        }

        /**
         * Says that a record is reached through one more dependent load.
         *
         * @return this.
         */
        public Builder behindPointer() {
            floor = "unguarded-pointer";
            return this;
        }

        /**
         * Says that garbage is in the nature of this strategy.
         *
         * @return this.
         */
        public Builder allocates() {
            allocationFree = false;
            return this;
        }

        /**
         * Sets what may be varied; nothing if not set.
         *
         * @param values dimensions, none for none.
         * @return this.
         */
        public Builder variedBy(Dimension... values) {
            dimensions = values.length == 0
                ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(List.of(values)));
            return this;
        }

        /**
         * Ends the description.
         *
         * @return immutable.
         * @throws IllegalStateException if something is missing.
         */
        public StrategyInfo build() {
            if (family == null) {
                throw new IllegalStateException("strategy '" + name + "' does not say its family");
            }
            if (Stream.of(title, source, kernelPrimitive, context, readerWrites, writerWrites, notModelled)
                .anyMatch(text -> text == null || text.isBlank())) {
                throw new IllegalStateException("strategy '" + name + "' leaves a text of its description out");
            }
            return new StrategyInfo(copy());
        }
    }
}
