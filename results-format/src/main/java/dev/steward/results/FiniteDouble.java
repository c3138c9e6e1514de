package dev.steward.results;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.io.Serial;

/** Reads a number; one that is written with more digits than there is room for would become infinite. */
final class FiniteDouble extends StdScalarDeserializer<Double> {
    @Serial
    private static final long serialVersionUID = 1L;

    FiniteDouble() {
        super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            // As a file has what was not measured.
            if (parser.getText().equals("NaN")) {
                return Double.NaN;
            }
            throw context.weirdStringException(parser.getText(), Double.class, "not a number");
        }
        if (!parser.currentToken().isNumeric()) {
            return (Double) context.handleUnexpectedToken(Double.class, parser);
        }
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw context.weirdNumberException(number, Double.class, "too large");
        }
        return number;
    }
}
