package io.opsiq.signals;

import io.opsiq.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.core.type.TypeReference;

/** Reads and writes the table {@code signals}. */
final class SignalRepository {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    void add(DSLContext context, Signal signal, Instant now) {
        context.execute(
                """
                insert into signals (signal_id, "timestamp", signal_type, severity, source, related_entity, payload, received_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                signal.signalId(),
                String.valueOf(signal.timestamp()),
                signal.signalType(),
                signal.severity(),
                signal.source(),
                signal.relatedEntity(),
                Json.text(signal.payload()),
                now.toString());
    }

    Optional<Signal> find(DSLContext context, String signalId) {
        return context.resultQuery("select * from signals where signal_id = ?", signalId)
                .fetchOptional(SignalRepository::toSignal);
    }

    List<Signal> mostUrgent(DSLContext context, int most) {
        return context.resultQuery("""
                        select * from signals
                        order by
                            case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end,
                            "timestamp" desc,
                            signal_id
                        limit ?
                        """, most).fetch(SignalRepository::toSignal);
    }

    private static Signal toSignal(Record row) {
        return new Signal(
                row.get("signal_id", String.class),
                Instant.parse(row.get("timestamp", String.class)),
                row.get("signal_type", String.class),
                row.get("severity", String.class),
                row.get("source", String.class),
                row.get("related_entity", String.class),
                Json.read(row.get("payload", String.class), FIELDS));
    }
}
