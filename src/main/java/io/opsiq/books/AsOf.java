package io.opsiq.books;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the clock that a user sets. */
public final class AsOf {

    private AsOf() {}

    /**
     * A date means its last second, UTC, so that the whole day has happened; a timestamp means itself, UTC where it has no zone.
     * Throws {@link IllegalArgumentException} for anything else.
     */
    public static Instant parse(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (iso.length() == 10) {
                return LocalDate.parse(iso).atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC);
            }
            boolean zoned = iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$");
            return zoned
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no ISO-8601 date. Maybe write it like 2026-01-31 or 2026-01-31T18:00:00Z.", e);
        }
    }
}
