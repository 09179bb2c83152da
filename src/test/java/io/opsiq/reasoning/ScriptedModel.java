package io.opsiq.reasoning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opsiq.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A server on loopback that speaks OpenAI's chat completions as a script says: for each request the next turn, and when there is none
 * left, {@link #otherwise}. Without a script it is a good model: it answers any schema with a fitting answer that says nothing untold.
 */
public final class ScriptedModel implements AutoCloseable {

    /** Looks like one, is none. */
    public static final String KEY = "gsk_ScriptedKeyThatMustNeverBeSeenAnywhere42";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedDeque<Turn> script = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Turn otherwise = good();

    /** What came in. */
    public record Request(Map<String, List<String>> headers, JsonNode body) {

        /** The words of the messages. */
        public String words() {
            List<String> words = new ArrayList<>();
            body.get("messages")
                    .forEach(message -> words.add(message.get("content").asString()));
            return String.join("\n", words);
        }

        /** {@code json_schema}, {@code json_object}, or nothing. */
        public String format() {
            JsonNode format = body.get("response_format");
            return format == null || format.isNull() ? "" : format.get("type").asString();
        }

        /** The schema of the answer, where it was handed over as one. */
        JsonNode schema() {
            return body.get("response_format").get("json_schema").get("schema");
        }
    }

    /** What the server does with one request. */
    public interface Turn {

        void take(Request request, HttpExchange exchange, CountDownLatch closing)
                throws IOException, InterruptedException;
    }

    private ScriptedModel(HttpServer server) {
        this.server = server;
    }

    /** Listens on a free port. */
    public static ScriptedModel start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScriptedModel model = new ScriptedModel(server);
            server.createContext("/v1/chat/completions", model::handle);
            server.setExecutor(model.threads);
            server.start();
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to set as base URL. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Settings that lead here. */
    public Map<String, String> settings() {
        return Map.of("GROQ_API_KEY", KEY, "GROQ_BASE_URL", baseUrl(), "GROQ_MODEL", "scripted");
    }

    /** The next requests, one turn each. */
    public ScriptedModel then(Turn... turns) {
        script.addAll(List.of(turns));
        return this;
    }

    /** All requests that no turn is scripted for. */
    public ScriptedModel otherwise(Turn turn) {
        otherwise = turn;
        return this;
    }

    public List<Request> requests() {
        return requests;
    }

    /** The most requests that were being answered at one time. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode body = Json.read(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
            Request request = new Request(Map.copyOf(exchange.getRequestHeaders()), body);
            requests.add(request);
            Turn turn = script.poll();
            (turn == null ? otherwise : turn).take(request, exchange, closing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    /** A fitting answer, made from the schema. */
    public static Turn good() {
        return good("The facts stand as they are given.");
    }

    /** A fitting answer in which every text is this. */
    public static Turn good(String prose) {
        return (request, exchange, closing) -> {
            if (request.format().equals("json_schema")) {
                send(exchange, 200, completion(Json.text(fitting(request.schema(), prose))));
            } else {
                send(exchange, 400, "{\"error\": {\"message\": \"this script answers strict schemas only\"}}");
            }
        };
    }

    /** Does as it is told where these words reach it, and is good otherwise. */
    public static Turn obeying(String words, Turn evil) {
        return (request, exchange, closing) ->
                (request.words().contains(words) ? evil : good()).take(request, exchange, closing);
    }

    /** A fitting answer, changed. */
    public static Turn changed(UnaryOperator<String> change) {
        return (request, exchange, closing) -> send(
                exchange,
                200,
                completion(change.apply(Json.text(fitting(request.schema(), "The facts stand as they are given.")))));
    }

    /** The model says this, whatever was asked. */
    public static Turn says(String content) {
        return answers(200, completion(content));
    }

    /** The server sends this. */
    public static Turn answers(int status, String body) {
        return (request, exchange, closing) -> send(exchange, status, body);
    }

    /** 429, with a wish. */
    public static Turn rateLimited(String retryAfter) {
        return (request, exchange, closing) -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            send(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
        };
    }

    /** Refuses the request unless the answer is asked for in this form, as servers do that know no other. */
    public static Turn knowingOnly(String format, String content) {
        return (request, exchange, closing) -> {
            boolean known = request.format().equals(format);
            send(
                    exchange,
                    known ? 200 : 400,
                    known ? completion(content) : "{\"error\": {\"message\": \"response_format\"}}");
        };
    }

    /** Never answers. */
    public static Turn hangs() {
        return (request, exchange, closing) -> closing.await();
    }

    /** Begins an answer and sends a byte of it now and then. */
    public static Turn drips() {
        return (request, exchange, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (!closing.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        };
    }

    /** Sends without end. */
    public static Turn isEndless() {
        return (request, exchange, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] block = "x".repeat(65_536).getBytes(StandardCharsets.UTF_8);
            while (closing.getCount() > 0) {
                out.write(block);
            }
        };
    }

    /** Closes the connection in the middle of the answer. */
    public static Turn breaksOff() {
        return (request, exchange, closing) -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"choices\"".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    /** A chat completion with this content. */
    public static String completion(String content) {
        return Json.text(Map.of(
                "id",
                "scripted-1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                "scripted",
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", content))),
                "usage",
                Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)));
    }

    /** A value that fits the schema: the first choice; in a list of choices each of them once; a text of this prose. */
    public static Object fitting(JsonNode schema, String prose) {
        if (schema.has("anyOf")) {
            return fitting(schema.get("anyOf").get(0), prose);
        }
        return switch (schema.get("type").asString()) {
            case "object" -> object(schema, prose);
            case "array" -> array(schema.get("items"), prose);
            case "boolean" -> false;
            case "number", "integer" -> lowest(schema);
            default -> schema.has("enum") ? schema.get("enum").get(0).asString() : prose;
        };
    }

    private static Map<String, Object> object(JsonNode schema, String prose) {
        Map<String, Object> object = new LinkedHashMap<>();
        schema.get("properties")
                .properties()
                .forEach(each -> object.put(each.getKey(), fitting(each.getValue(), prose)));
        return object;
    }

    private static List<Object> array(JsonNode items, String prose) {
        if (!items.has("properties")) {
            return List.of(fitting(items, prose));
        }
        for (var property : items.get("properties").properties()) {
            if (property.getValue().has("enum")) {
                JsonNode choices = property.getValue().get("enum");
                return IntStream.range(0, choices.size())
                        .mapToObj(i -> {
                            Map<String, Object> entry = object(items, prose);
                            entry.put(property.getKey(), choices.get(i).asString());
                            return (Object) entry;
                        })
                        .toList();
            }
        }
        return List.of(fitting(items, prose));
    }

    /** Bounds are told in words: {@code from 1 to 5}. */
    private static Object lowest(JsonNode schema) {
        String bounds = schema.get("description").asString();
        return new java.math.BigDecimal(bounds.replaceFirst("from (\\S+) to .*", "$1"));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
