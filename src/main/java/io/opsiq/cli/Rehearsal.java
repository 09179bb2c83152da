package io.opsiq.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server asks itself a few things and ends: what the launcher's build trains the start-up cache with. */
final class Rehearsal {

    private static final List<String> READ = List.of(
            "/health", "/triage/cases", "/triage/cases?status=open&limit=2", "/triage/cases/NONE", "/sentiment/log");

    private final URI address;

    Rehearsal(URI address) {
        this.address = address;
    }

    static boolean isAskedFor() {
        return Boolean.getBoolean("opsiq.rehearsal");
    }

    void run() {
        try {
            for (String path : READ) {
                ask(path, "");
            }
            ask("/sentiment/analyze", "{\"text\": \"charged twice\"}");
        } catch (IOException e) {
            throw new UncheckedIOException("The server did not answer itself", e);
        }
    }

    private void ask(String path, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.resolve(path).toURL().openConnection();
        if (!body.isEmpty()) {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (InputStream answer =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            answer.readAllBytes();
        }
    }
}
