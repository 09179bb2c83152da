package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.investigation.RunRequest;
import io.opsiq.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The real server on a free port, on demo books unless others are named. */
final class LiveServer implements AutoCloseable {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    final OpsIQ opsiq;
    final Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    LiveServer(Path folder) {
        this(folder, null, null);
    }

    LiveServer(Path folder, @Nullable String token, @Nullable Path books) {
        this.opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Path demo = folder.resolve("state/demo-books");
        if (books == null) {
            opsiq.demoBooks().write(demo);
        }
        RunRequest served = RunRequest.of(books == null ? demo : books, null, null);
        this.server = Server.start(opsiq, new ServerSettings("127.0.0.1", 0, token, served));
    }

    /** An answer; its body as a JSON object where it is one. */
    record Answer(int status, HttpResponse<String> response) {

        String text() {
            return response.body();
        }

        Map<String, Object> json() {
            return Json.read(text(), OBJECT);
        }

        @SuppressWarnings("unchecked") // a JSON array of objects
        List<Map<String, Object>> list(String field) {
            return (List<Map<String, Object>>) Objects.requireNonNull(json().get(field));
        }

        @SuppressWarnings("unchecked") // a JSON object
        Map<String, Object> object(String field) {
            return (Map<String, Object>) Objects.requireNonNull(json().get(field));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    URI at(String path) {
        return server.address().resolve(path);
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.noBody()));
    }

    Answer postJson(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What comes back for these lines, head and all; for requests that a client of good manners would not send. */
    String raw(String... lines) throws IOException {
        try (Socket socket = new Socket(
                java.net.InetAddress.getLoopbackAddress(), server.address().getPort())) {
            String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int port() {
        return server.address().getPort();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
