package io.opsiq.signals;

import io.opsiq.books.Books;
import io.opsiq.engine.Queries;
import io.opsiq.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The signals of one set of books. */
public final class Signals {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final Queries books;

    /** @param books an engine or sandbox that holds the table {@code signal_events} */
    public Signals(Queries books) {
        this.books = books;
    }

    public Signals(Books books) {
        this(books.engine());
    }

    /** The signal that an investigation answers: the most severe, of these the latest; none in books without signals. */
    public Optional<Signal> trigger() {
        return mostUrgent(1).stream().findFirst();
    }

    /** The first signals, the most severe first, of equally severe ones the latest first. */
    public List<Signal> mostUrgent(int most) {
        return books.list("""
                        select signal_id, "timestamp" as moment, signal_type, severity, source, related_entity, payload_json
                        from signal_events
                        order by
                            case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 when 'low' then 3 else 4 end,
                            moment desc nulls last,
                            signal_id
                        limit ?
                        """, Signals::signal, most);
    }

    /** All signals, in the order of {@link #mostUrgent}. */
    public List<Signal> all() {
        return mostUrgent(Integer.MAX_VALUE);
    }

    private static Signal signal(ResultSet row) throws SQLException {
        return new Signal(
                String.valueOf(row.getString("signal_id")),
                instant(row.getObject("moment", LocalDateTime.class)),
                row.getString("signal_type"),
                row.getString("severity"),
                row.getString("source"),
                row.getString("related_entity"),
                payload(row.getString("payload_json")));
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime moment) {
        return moment == null ? null : moment.toInstant(ZoneOffset.UTC);
    }

    private static Map<String, Object> payload(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return Json.read(json, FIELDS);
        } catch (JacksonException e) {
            return Map.of("text", json);
        }
    }
}
