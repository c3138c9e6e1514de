package dev.steward.results;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what is wrong with JSON in words of the file, where the library tells of its classes. Pure functions. */
public final class JsonRefusal {
    private static final Pattern MISSING = Pattern.compile("Missing required creator property '([^']*)'.*");
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");
    private static final Pattern ALLOWED = Pattern.compile("accepted for Enum class: \\[(.*)]");

    private JsonRefusal() {
    }

    /** {@return one line: the place as a path, what is wrong there, what is allowed, and the line of the file} */
    public static String of(JsonProcessingException failure) {
        boolean located = failure.getLocation() != null && failure.getLocation().getLineNr() > 0;
        return ofLine(failure) + (located ? " (line " + failure.getLocation().getLineNr() + ")" : "");
    }

    /** {@return the same without the line, for JSON that is one line of a file} */
    static String ofLine(JsonProcessingException failure) {
        String place = failure instanceof JsonMappingException mapping ? place(mapping) : "";
        return (place.isEmpty() ? "" : place + ": ") + wrong(failure);
    }

    private static String place(JsonMappingException failure) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(Wording.shown(step.getFieldName()));
            }
        }
        return place.toString();
    }

    private static String wrong(JsonProcessingException failure) {
        String message = firstLine(failure.getOriginalMessage());
        // What a record says of its own values needs no word of the library before it.
        if (failure.getCause() instanceof IllegalArgumentException own && own.getMessage() != null) {
            return firstLine(own.getMessage());
        }
        if (failure instanceof InputCoercionException || failure.getCause() instanceof InputCoercionException) {
            return "is too large for a whole number";
        }
        Matcher twice = TWICE.matcher(message);
        if (failure instanceof StreamReadException && twice.matches()) {
            return "has the key '" + Wording.shown(twice.group(1)) + "' twice";
        }
        if (failure instanceof StreamReadException) {
            return failure instanceof JsonEOFException ? "ends too early"
                : "is no " + (failure.getClass() == JsonParseException.class ? "JSON" : "YAML") + " from column "
                    + Math.max(1, failure.getLocation().getColumnNr()) + " on";
        }
        if (failure instanceof StreamConstraintsException) {
            return "is nested too deep, or holds a number or a text that is too long";
        }
        if (failure instanceof InvalidNullException) {
            return "is null, where a value is needed";
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "is unknown; allowed: " + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted()
                .collect(Collectors.joining(", "));
        }
        Matcher allowed = ALLOWED.matcher(message);
        if (failure instanceof InvalidFormatException value) {
            return "'" + Wording.shown(String.valueOf(value.getValue())) + "' is not "
                + (allowed.find() ? "one of " + sorted(allowed.group(1)) : needed(value.getTargetType()));
        }
        if (failure instanceof MismatchedInputException mismatch) {
            Matcher missing = MISSING.matcher(message);
            return missing.matches() ? "is missing"
                : message.startsWith("Trailing token") ? "a second value follows the first"
                : message.contains("null") ? "is null, where " + needed(mismatch.getTargetType()) + " is needed"
                : needed(mismatch.getTargetType()) + " is needed";
        }
        return "cannot be read";
    }

    /** The library lists them as they come out of a map. */
    private static String sorted(String names) {
        return Arrays.stream(names.split(", ")).sorted().collect(Collectors.joining(", "));
    }

    private static String needed(Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (CharSequence.class.isAssignableFrom(type) || type.isEnum()) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list"
            : Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another kind of value";
    }

    private static String firstLine(String message) {
        return message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
    }
}
