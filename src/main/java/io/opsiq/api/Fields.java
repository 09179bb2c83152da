package io.opsiq.api;

import io.opsiq.api.Problem.FieldError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body, read one by one; what does not fit is gathered and refused at once. */
final class Fields {

    private static final int LONGEST_MOMENT = 40;

    private final Map<String, Object> values;
    private final List<FieldError> errors = new ArrayList<>();

    Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** Those of a body, where there is one. */
    static Fields of(@Nullable Fields body) {
        return body == null ? new Fields(Map.of()) : body;
    }

    /** A text that must be there; empty, and noted, when it is not. */
    String text(String field, int longest) {
        @Nullable String value = textOrNull(field, longest);
        if (value == null && errors.stream().noneMatch(error -> error.field().equals(field))) {
            errors.add(new FieldError(field, field + " is missing; it takes a text that is not blank."));
        }
        return value == null ? "" : value;
    }

    /** A text that may be missing; one of blanks counts as missing. */
    @Nullable
    String textOrNull(String field, int longest) {
        @Nullable Object value = values.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            errors.add(new FieldError(field, field + " is not a text."));
            return null;
        }
        if (text.length() > longest) {
            errors.add(new FieldError(
                    field, "%s has %d characters; it takes at most %d.".formatted(field, text.length(), longest)));
            return null;
        }
        return text.isBlank() ? null : text;
    }

    /** A moment that may be missing. */
    @Nullable
    Instant momentOrNull(String field) {
        @Nullable String value = textOrNull(field, LONGEST_MOMENT);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            errors.add(new FieldError(
                    field, "%s is '%s'. Maybe write it like 2026-11-22T09:30:00Z.".formatted(field, value)));
            return null;
        }
    }

    /** A JSON object that may be missing. */
    @SuppressWarnings("unchecked") // the keys of a JSON object are texts
    @Nullable
    Map<String, Object> objectOrNull(String field) {
        @Nullable Object value = values.get(field);
        if (value != null && !(value instanceof Map)) {
            errors.add(new FieldError(field, field + " is not a JSON object."));
            return null;
        }
        return (Map<String, Object>) value;
    }

    /** Refuses the request if anything did not fit. */
    void check() {
        if (!errors.isEmpty()) {
            throw Refusal.fields(errors);
        }
    }
}
