package io.opsiq.api;

import org.jspecify.annotations.Nullable;

/** Query parameters and headers that several addresses share. */
final class Parameters {

    private static final int LONGEST_KEY = 200;

    private Parameters() {}

    /** How many at most. */
    static int limit(@Nullable String value, int standard) {
        if (value == null) {
            return standard;
        }
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw Refusal.field("limit", "limit is '%s'; it takes a whole number from 1 on.".formatted(value));
        }
        return Integer.parseInt(value);
    }

    /** Likewise, of lists that are held in memory while they are sent. */
    static int limit(@Nullable String value, int standard, int most) {
        return Math.min(limit(value, standard), most);
    }

    /** Yes or no; no where it is missing. */
    static boolean isTrue(String name, @Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw Refusal.field(name, "%s is '%s'; it takes true or false.".formatted(name, value));
        }
        return true;
    }

    /** What a client calls its request, so that sending it again does nothing twice. */
    static @Nullable String idempotencyKey(@Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > LONGEST_KEY)) {
            throw Refusal.field("Idempotency-Key", "Idempotency-Key takes 1 to %d characters.".formatted(LONGEST_KEY));
        }
        return value;
    }
}
