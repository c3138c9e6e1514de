package dev.steward.results;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the few fields of the format that may be absent or null. Every other field is required: a count that is missing
 * must never be read as zero, since that would turn an oracle that did not run into one that found nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@interface MayBeAbsent {
}
