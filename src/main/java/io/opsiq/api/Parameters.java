package io.opsiq.api;

import org.jspecify.annotations.Nullable;

/** Query parameters that several lists share. */
final class Parameters {

    private Parameters() {}

    /** How many at most; 0 means all. */
    static int limit(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw Refusal.field("limit", "is '%s'; it must be a whole number from 1 on.".formatted(value));
        }
        return Integer.parseInt(value);
    }
}
