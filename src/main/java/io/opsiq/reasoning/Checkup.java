package io.opsiq.reasoning;

import io.opsiq.reasoning.ChatClient.Form;
import io.opsiq.reasoning.Interview.Call;
import io.opsiq.reasoning.Interview.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One small question, to see whether the model answers as it must. */
final class Checkup {

    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private final Provider provider;
    private final Line line;
    private final ReasoningSettings settings;
    private final Redaction redaction;

    Checkup(Provider provider, Line line, ReasoningSettings settings, Redaction redaction) {
        this.provider = provider;
        this.line = line;
        this.settings = settings;
        this.redaction = redaction;
    }

    /** Its answer. */
    private record Seen(String colour) {}

    LlmCheck run() {
        Limits limits = settings.limits();
        Interview<Seen> interview =
                new Interview<>(question(), false, line, new Budget(limits), Deadline.in(limits.decision()), redaction);
        Outcome<Seen> outcome = interview.hold();
        return report(interview.calls(), outcome);
    }

    private static Question<Seen> question() {
        Facts facts = Facts.builder().id("colour_of_grass", "green").build();
        Schema.Fields schema = Schema.fields(Map.of("colour", Schema.choice(COLOURS)));
        return Question.of(Purpose.CHECK, facts, schema, Seen.class);
    }

    private LlmCheck report(List<Call> calls, Outcome<Seen> outcome) {
        return new LlmCheck(
                provider.name(),
                redaction.of(provider.model(), 100),
                provider.shownBase(),
                calls.stream().mapToLong(call -> call.latency().toMillis()).sum(),
                line.form() == Form.STRICT,
                calls.stream().mapToInt(call -> call.reply().tokensIn()).sum(),
                calls.stream().mapToInt(call -> call.reply().tokensOut()).sum(),
                problem(outcome));
    }

    private @Nullable String problem(Outcome<Seen> outcome) {
        return switch (outcome) {
            case Outcome.Answered<Seen> answered -> null;
            case Outcome.Nothing<Seen> nothing -> nothing.detail() + " " + advice(nothing);
        };
    }

    private String advice(Outcome.Nothing<Seen> nothing) {
        String prefix = provider.name().toUpperCase(Locale.ROOT);
        return switch (nothing.because()) {
            case KEY_REFUSED -> "Maybe " + prefix + "_API_KEY is an old key, or another provider's.";
            case UNREACHABLE -> "Maybe " + prefix + "_BASE_URL is wrong, or a proxy is in the way.";
            case REQUEST_REFUSED ->
                "Maybe " + prefix + "_MODEL names a model that the server does not have, or " + prefix
                        + "_BASE_URL lacks its last part, such as /v1.";
            case TIME_OUT -> "Maybe raise OPSIQ_LLM_SECONDS, or choose a faster model with " + prefix + "_MODEL.";
            case RATE_LIMITED, SERVER_ERROR, PAUSED, BUSY -> "Maybe try again in a minute.";
            case BUDGET -> "Maybe raise OPSIQ_LLM_TOKENS.";
            default -> "Maybe choose another model with " + prefix + "_MODEL.";
        };
    }
}
