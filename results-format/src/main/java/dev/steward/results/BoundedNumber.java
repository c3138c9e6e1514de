package dev.steward.results;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.introspect.Annotated;
import java.io.IOException;
import java.io.Serial;

/** Reads a number of a file if it lies where {@link Within} says. */
final class BoundedNumber extends DelegatingDeserializer {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Within.Range range;

    private BoundedNumber(JsonDeserializer<?> number, Within.Range range) {
        super(number);
        this.range = range;
    }

    /**
     * That of a field.
     *
     * @param type its own, or that of what it holds
     * @return null if that is no number
     */
    static BoundedNumber of(Annotated field, JavaType type) {
        Class<?> raw = type == null ? boolean.class : type.getRawClass();
        if (raw == boolean.class || !raw.isPrimitive() && !Number.class.isAssignableFrom(raw)) {
            return null;
        }
        Within within = field.getAnnotation(Within.class);
        return new BoundedNumber(
            raw == double.class || raw == Double.class ? new FiniteDouble()
                : NumberDeserializers.find(raw, raw.getName()),
            within == null ? Within.Range.COUNT : within.value());
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> number) {
        return new BoundedNumber(number, range);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Object read = super.deserialize(parser, context);
        if (read instanceof Number number && !range.allows(number.doubleValue())) {
            throw JsonMappingException.from(parser, "out of range",
                new IllegalArgumentException("is " + number + "; allowed: " + range));
        }
        return read;
    }
}
