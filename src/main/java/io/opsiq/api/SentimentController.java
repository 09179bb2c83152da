package io.opsiq.api;

import io.opsiq.sentiment.Reading;
import io.opsiq.sentiment.SentimentLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads billing texts by rules. */
@RestController
final class SentimentController {

    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_CONTEXT = 2_000;
    private static final int MOST = 1_000;

    private final SentimentLog log;

    SentimentController(SentimentLog log) {
        this.log = log;
    }

    @PostMapping("/sentiment/analyze")
    Reading analyze(@RequestBody Fields body) {
        String text = body.text("text", LONGEST_TEXT);
        @Nullable String context = body.textOrNull("context", LONGEST_CONTEXT);
        body.check();
        return log.read(text, context == null ? "" : context);
    }

    record Log(List<SentimentLog.Logged> analysisLog, int count) {}

    @GetMapping("/sentiment/log")
    Log log(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<SentimentLog.Logged> newest = log.newest(Parameters.limit(limit, MOST, MOST));
        return new Log(newest, newest.size());
    }
}
