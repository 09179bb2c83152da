package io.opsiq.api;

import io.opsiq.sentiment.Reading;
import io.opsiq.sentiment.Sentiment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Reads billing texts by rules. */
@RestController
final class SentimentController {

    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_CONTEXT = 2_000;

    private final Sentiment sentiment;
    private final AnalysisLog log;

    SentimentController(Sentiment sentiment, AnalysisLog log) {
        this.sentiment = sentiment;
        this.log = log;
    }

    @PostMapping("/sentiment/analyze")
    Reading analyze(@RequestBody Fields body) {
        String text = body.text("text", LONGEST_TEXT);
        @Nullable String context = body.textOrNull("context", LONGEST_CONTEXT);
        body.check();
        Reading reading = sentiment.read(text);
        log.add(text, context, reading);
        return reading;
    }

    @GetMapping("/sentiment/log")
    Map<String, Object> log() {
        List<AnalysisLog.Entry> entries = log.latestFirst();
        return Map.of("analysis_log", entries, "count", entries.size());
    }
}
