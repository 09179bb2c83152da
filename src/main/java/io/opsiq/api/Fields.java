package io.opsiq.api;

import io.opsiq.api.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body, read one by one; what does not fit is gathered and refused at once. */
final class Fields {

    private final Map<String, Object> values;
    private final List<FieldError> errors = new ArrayList<>();

    Fields(Map<String, Object> values) {
        this.values = values;
    }

    static Fields none() {
        return new Fields(Map.of());
    }

    /** A text that must be there; empty, and noted, when it is not. */
    String text(String field, int longest) {
        @Nullable String value = textOrNull(field, longest);
        if (value == null && errors.stream().noneMatch(error -> error.field().equals(field))) {
            errors.add(new FieldError(field, "is missing: a text that is not blank."));
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
            errors.add(new FieldError(field, "must be a text."));
            return null;
        }
        if (text.length() > longest) {
            errors.add(new FieldError(field, "has %d characters; at most %d.".formatted(text.length(), longest)));
            return null;
        }
        return text.isBlank() ? null : text;
    }

    /** One of a few words that must be there. */
    String word(String field, Set<String> allowed) {
        String value = text(field, 100);
        if (!value.isEmpty() && !allowed.contains(value)) {
            errors.add(new FieldError(field, "is '%s'; it can be %s.".formatted(value, String.join(", ", allowed))));
        }
        return value;
    }

    /** Refuses the request if anything did not fit. */
    void check() {
        if (!errors.isEmpty()) {
            throw Refusal.fields(errors);
        }
    }
}
