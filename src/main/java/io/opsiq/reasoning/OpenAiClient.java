package io.opsiq.reasoning;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.opsiq.json.Json;
import io.opsiq.reasoning.Decision.Because;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Speaks OpenAI's chat completions, through langchain4j's client, over a transport of our own. */
final class OpenAiClient implements ChatClient {

    private static final int MOST_TOKENS = 1_000_000;
    private static final int LONGEST_ANSWER = 16_000;

    private final Provider provider;
    private final Limits limits;
    private final Clock clock;
    private final java.net.http.HttpClient http;

    OpenAiClient(Provider provider, Limits limits, Clock clock) {
        this.provider = provider;
        this.limits = limits;
        this.clock = clock;
        this.http = java.net.http.HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(Redirect.NEVER)
                .version(Version.HTTP_1_1)
                .build();
    }

    @Override
    public Reply ask(Prompt prompt, Form form, Deadline deadline) {
        try {
            return reply(model(prompt, form, deadline.within(limits.call())).chat(request(prompt, form)));
        } catch (CallFailure e) {
            throw e;
        } catch (ContentFilteredException e) {
            throw new CallFailure(Because.DECLINED);
        } catch (RuntimeException e) {
            throw e.getCause() instanceof CallFailure failure ? failure : new CallFailure(Because.INVALID_ANSWER);
        }
    }

    /**
     * Made for each call, since each has its own deadline; the connections are shared. Servers that know strict schemas also know the
     * newer name of the limit, some others only the older one.
     */
    private OpenAiChatModel model(Prompt prompt, Form form, Deadline deadline) {
        Wire wire = new Wire(http, provider.key(), deadline, limits.answerBytes(), clock);
        return new OpenAiChatModel.OpenAiChatModelBuilder()
                .httpClientBuilder(wire.asBuilder())
                .baseUrl(provider.base().toString())
                .modelName(provider.model())
                .temperature(takesTemperature() ? 0.0 : null)
                .strictJsonSchema(true)
                .maxCompletionTokens(form == Form.STRICT ? prompt.mostTokens() : null)
                .maxTokens(form == Form.STRICT ? null : prompt.mostTokens())
                .maxRetries(0)
                .build();
    }

    /** Models that reason before they answer refuse it. */
    private boolean takesTemperature() {
        return !provider.model().matches("(?i)(o\\d|gpt-5).*");
    }

    private static ChatRequest request(Prompt prompt, Form form) {
        return ChatRequest.builder()
                .messages(messages(prompt, form))
                .responseFormat(format(prompt, form))
                .build();
    }

    private static List<ChatMessage> messages(Prompt prompt, Form form) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(form == Form.STRICT ? prompt.system() : prompt.systemWithSchema()));
        messages.add(UserMessage.from(prompt.user()));
        if (prompt.answer() != null) {
            messages.add(AiMessage.from(prompt.answer()));
            messages.add(UserMessage.from(Objects.requireNonNull(prompt.complaint())));
        }
        return messages;
    }

    private static @Nullable ResponseFormat format(Prompt prompt, Form form) {
        return switch (form) {
            case STRICT ->
                ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(prompt.name())
                                .rootElement(JsonRawSchema.from(
                                        Json.text(prompt.schema().json())))
                                .build())
                        .build();
            case JSON -> ResponseFormat.JSON;
            case PLAIN -> null;
        };
    }

    private static Reply reply(ChatResponse response) {
        String text = response.aiMessage().text();
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            throw new CallFailure(Because.DECLINED);
        }
        if (text == null) {
            throw new CallFailure(Because.INVALID_ANSWER);
        }
        if (response.finishReason() == FinishReason.LENGTH || text.length() > LONGEST_ANSWER) {
            throw new CallFailure(Because.TOO_LONG);
        }
        TokenUsage usage = response.tokenUsage();
        return usage == null
                ? new Reply(text, 0, 0)
                : new Reply(text, count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static int count(@Nullable Integer reported) {
        return reported == null ? 0 : Math.clamp(reported, 0, MOST_TOKENS);
    }
}
