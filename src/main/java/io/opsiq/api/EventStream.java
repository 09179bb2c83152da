package io.opsiq.api;

import io.opsiq.investigation.RunEvent;
import io.opsiq.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run tells, as server-sent events on the request's own thread, until it ends: threads are virtual. */
final class EventStream {

    private final Runs runs;
    private final String runId;
    private final long after;

    EventStream(Runs runs, String runId, long after) {
        this.runs = runs;
        this.runId = runId;
        this.after = after;
    }

    /** The id after which a client that was cut off goes on; anything but a number begins anew. */
    static long after(@Nullable String lastId) {
        return lastId != null && lastId.matches("\\d{1,18}") ? Long.parseLong(lastId) : 0;
    }

    void write(OutputStream out) throws IOException {
        send(out, "retry: 2000\n\n");
        try {
            runs.listen(runId, after, new Runs.Listener() {
                @Override
                public void heard(RunEvent event) {
                    sendUnchecked(
                            out,
                            "id: %d\nevent: %s\ndata: %s\n\n"
                                    .formatted(
                                            event.id(),
                                            event.type().name().toLowerCase(Locale.ROOT),
                                            Json.text(event)));
                }

                @Override
                public void stillThere() {
                    sendUnchecked(out, ": still there\n\n");
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void sendUnchecked(OutputStream out, String text) {
        try {
            send(out, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
