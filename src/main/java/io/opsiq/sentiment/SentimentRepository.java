package io.opsiq.sentiment;

import io.opsiq.json.Json;
import io.opsiq.sentiment.SentimentLog.Logged;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** Reads and writes the table {@code sentiment_log}, which keeps the latest {@value #KEPT} texts. */
final class SentimentRepository {

    static final int KEPT = 1_000;

    void add(DSLContext context, Logged logged) {
        context.execute(
                "insert into sentiment_log (text, context, result, created_at) values (?, ?, ?, ?)",
                logged.text(),
                logged.context(),
                Json.text(logged.result()),
                logged.timestamp().toString());
        context.execute(
                "delete from sentiment_log where position <= (select max(position) from sentiment_log) - ?", KEPT);
    }

    List<Logged> newest(DSLContext context, int most) {
        return context.resultQuery("select * from sentiment_log order by position desc limit ?", most)
                .fetch(row -> new Logged(
                        row.get("text", String.class),
                        row.get("context", String.class),
                        Json.read(row.get("result", String.class), Reading.class),
                        Instant.parse(row.get("created_at", String.class))));
    }
}
