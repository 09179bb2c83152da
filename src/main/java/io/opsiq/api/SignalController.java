package io.opsiq.api;

import io.opsiq.signals.PostedSignals;
import io.opsiq.signals.PostedSignals.Outcome;
import io.opsiq.signals.Signal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signals: those in the books and those posted here. */
@RestController
final class SignalController {

    private static final int LISTED = 1_000;
    private static final int MOST_LISTED = 10_000;
    private static final int LONGEST = 1_000;

    private final ServedBooks books;
    private final PostedSignals posted;

    SignalController(ServedBooks books, PostedSignals posted) {
        this.books = books;
        this.posted = posted;
    }

    record SignalList(List<Signal> signals) {}

    @GetMapping("/monitor/signals")
    SignalList list(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        int most = Parameters.limit(limit, LISTED, MOST_LISTED);
        return new SignalList(Stream.concat(books.signals(most).stream(), posted.mostUrgent(most).stream())
                .sorted(Signal.BY_URGENCY)
                .limit(most)
                .toList());
    }

    record Received(String status, Signal signal) {}

    @PostMapping("/monitor/signals")
    ResponseEntity<Received> post(@RequestBody Fields body) {
        String type = body.text("signal_type", LONGEST);
        String severity = body.text("severity", LONGEST);
        var id = body.textOrNull("signal_id", LONGEST);
        var timestamp = body.momentOrNull("timestamp");
        var source = body.textOrNull("source", LONGEST);
        var entity = body.textOrNull("related_entity", LONGEST);
        var payload = body.objectOrNull("payload");
        body.check();
        return switch (posted.post(id, timestamp, type, severity, source, entity, payload)) {
            case Outcome.Stored stored ->
                ResponseEntity.status(stored.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(new Received("ok", stored.signal()));
            case Outcome.DoesNotFit(String field, String message) -> throw Refusal.field(field, message);
            case Outcome.Taken(String message) -> throw Refusal.conflict(message);
        };
    }
}
