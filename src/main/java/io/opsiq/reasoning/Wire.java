package io.opsiq.reasoning;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.opsiq.reasoning.Decision.Because;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The transport of one call: adds the key, waits no longer than the deadline for the whole answer, reads no more of it than
 * allowed, follows no redirect, and turns every failure into one that holds no text of the server's.
 */
final class Wire implements HttpClient {

    private final java.net.http.HttpClient http;
    private final ApiKey key;
    private final Deadline deadline;
    private final int answerBytes;
    private final Clock clock;

    Wire(java.net.http.HttpClient http, ApiKey key, Deadline deadline, int answerBytes, Clock clock) {
        this.http = http;
        this.key = key;
        this.deadline = deadline;
        this.answerBytes = answerBytes;
        this.clock = clock;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> response = received(http.sendAsync(outgoing(request), limited()));
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .body(response.body())
                .build();
    }

    private HttpResponse.BodyHandler<byte[]> limited() {
        return BodyHandlers.limiting(BodyHandlers.ofByteArray(), answerBytes);
    }

    private java.net.http.HttpRequest outgoing(HttpRequest request) {
        return java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "opsiq")
                .header("Authorization", "Bearer " + key.secret())
                .POST(BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8))
                .build();
    }

    private HttpResponse<byte[]> received(CompletableFuture<HttpResponse<byte[]>> sent) {
        try {
            return sent.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CallFailure(Because.TIME_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure(Because.INTERRUPTED);
        } catch (ExecutionException e) {
            throw new CallFailure(reason(e.getCause()));
        } finally {
            sent.cancel(true); // of no effect on an answer that is there
        }
    }

    private static Because reason(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof HttpTimeoutException) {
                return Because.UNREACHABLE; // only connecting has a time-out of its own
            }
            if (String.valueOf(each.getMessage()).contains("body exceeds capacity")) {
                return Because.TOO_LONG;
            }
        }
        return Because.UNREACHABLE;
    }

    private CallFailure refusal(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 401, 403 -> new CallFailure(Because.KEY_REFUSED);
            case 408 -> new CallFailure(Because.TIME_OUT);
            case 429 -> new CallFailure(Because.RATE_LIMITED, retryAfter(response));
            case 400 -> new CallFailure(badRequest(response.body()));
            default ->
                response.statusCode() >= 500
                        ? new CallFailure(Because.SERVER_ERROR, retryAfter(response))
                        : new CallFailure(Because.REQUEST_REFUSED);
        };
    }

    /** Some servers answer so when the model, not the request, broke the schema. */
    private static Because badRequest(byte[] body) {
        boolean ofTheModel = new String(body, StandardCharsets.UTF_8).contains("json_validate_failed");
        return ofTheModel ? Because.INVALID_ANSWER : Because.REQUEST_REFUSED;
    }

    private @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Retry-After").map(this::wait).orElse(null);
    }

    private @Nullable Duration wait(String value) {
        if (value.matches("\\d{1,6}(\\.\\d{1,6})?")) {
            return Duration.ofMillis((long) (Double.parseDouble(value) * 1000));
        }
        try {
            var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(clock.instant(), until.toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("Answers are not streamed.");
    }

    /** Hands this transport to a client that wants to build one. */
    HttpClientBuilder asBuilder() {
        return new Given(this);
    }

    private record Given(Wire wire) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return wire.deadline.left();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return wire.deadline.left();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return wire;
        }

        @Override
        public String toString() {
            return "Given";
        }
    }
}
