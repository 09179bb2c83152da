package io.opsiq.web;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.api.Server;
import io.opsiq.api.ServerSettings;
import io.opsiq.investigation.RunRequest;
import io.opsiq.investigation.RunTicket.Kind;
import io.opsiq.investigation.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The real server with its pages on a free port, on demo books unless others are named. */
final class ServedPages implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([\\w-]+)\"");

    final OpsIQ opsiq;
    private final RunRequest books;
    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    ServedPages(Path folder) {
        this(folder, null, null);
    }

    ServedPages(Path folder, @Nullable String token, @Nullable Path books) {
        this.opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Path demo = folder.resolve("state/demo-books");
        if (books == null) {
            opsiq.demoBooks().write(demo);
        }
        this.books = RunRequest.of(books == null ? demo : books, null, null);
        this.server = Server.start(opsiq, new ServerSettings("127.0.0.1", 0, token, this.books), Pages.class);
    }

    String at(String path) {
        return URI.create(server.address() + path).toString();
    }

    /** An investigation from start to end. */
    RunView investigate() {
        try {
            return server.runs().await(server.runs().submit(Kind.RUN, books, null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Sends the fields of a form, without following where it leads. */
    HttpResponse<String> post(String path, String fields, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields)));
    }

    /** The token that the forms of this page carry. */
    String token(String page, String... headers) {
        Matcher found = TOKEN.matcher(get(page, headers).body());
        if (!found.find()) {
            throw new AssertionError("no form with a token on " + page);
        }
        return found.group(1);
    }

    static String field(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(at(path))).setHeader("Accept", "text/html");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
