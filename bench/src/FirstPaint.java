import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How soon a browser paints each page of a running server; speaks to Chromium's debugging port by itself. */
final class FirstPaint implements WebSocket.Listener, AutoCloseable {

    private static final Pattern SOCKET =
            Pattern.compile("\"type\": \"page\".*?\"webSocketDebuggerUrl\": \"(ws:[^\"]+)\"", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\"value\":\"([\\d.]+) ([\\d.]+)\"");
    private static final String PAINTED = """
            new Promise(done => { \
              const tell = paint => done(paint.startTime + ' ' + performance.getEntriesByType('navigation')[0].responseStart); \
              const past = performance.getEntriesByName('first-contentful-paint')[0]; \
              if (past) { tell(past); return; } \
              new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(tell)) \
                .observe({type: 'paint', buffered: true}); \
            })""";
    private static final int PATIENCE_SECONDS = 30;

    private final Process browser;
    private final Path profile;
    private final WebSocket socket;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private int sent;

    private FirstPaint(String chromium) throws IOException, InterruptedException {
        profile = Files.createTempDirectory("first-paint");
        browser = new ProcessBuilder(
                        chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
                        "--user-data-dir=" + profile, "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        HttpClient client = HttpClient.newHttpClient();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(pageOf(client, port())), this)
                .join();
        ask("Page.enable", "{}");
    }

    /** usage: FirstPaint CHROMIUM ROUNDS ADDRESS PATH…; writes a line of a table for each path */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(args[1]);
        try (FirstPaint paint = new FirstPaint(args[0])) {
            paint.open(args[2] + "/");
            System.out.println("| page | answer begins, median ms | first paint, median ms | min ms | max ms |\n|---|---:|---:|---:|---:|");
            for (String path : List.of(args).subList(3, args.length)) {
                System.out.println(paint.line(args[2], path, rounds));
            }
        }
    }

    private String line(String address, String path, int rounds) throws IOException, InterruptedException {
        List<Double> painted = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        open(address + path); // warms what this page needs
        for (int round = 0; round < rounds; round++) {
            Matcher value = open(address + path);
            painted.add(Double.valueOf(value.group(1)));
            answered.add(Double.valueOf(value.group(2)));
        }
        painted.sort(null);
        answered.sort(null);
        return "| %s | %.0f | %.0f | %.0f | %.0f |"
                .formatted(
                        path.replace("|", "\\|"),
                        answered.get(rounds / 2),
                        painted.get(rounds / 2),
                        painted.getFirst(),
                        painted.getLast());
    }

    private Matcher open(String address) throws IOException, InterruptedException {
        ask("Page.navigate", "{\"url\": \"" + address + "\"}");
        heardOf("Page.loadEventFired");
        String answer = ask(
                "Runtime.evaluate",
                "{\"awaitPromise\": true, \"returnByValue\": true, \"expression\": \"" + PAINTED.strip() + "\"}");
        Matcher value = VALUE.matcher(answer);
        if (!value.find()) {
            throw new IOException("No paint was told for " + address + ": " + answer);
        }
        return value;
    }

    private String ask(String method, String params) throws IOException, InterruptedException {
        sent++;
        socket.sendText("{\"id\": %d, \"method\": \"%s\", \"params\": %s}".formatted(sent, method, params), true)
                .join();
        return heardOf("\"id\":" + sent + ",");
    }

    private String heardOf(String what) throws IOException, InterruptedException {
        String message;
        do {
            message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("The browser does not answer. Maybe the server's pages do not load.");
            }
        } while (!message.contains(what));
        return message;
    }

    private String port() throws IOException, InterruptedException {
        Path told = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!Files.exists(told) || Files.size(told) == 0) {
            if (System.nanoTime() > end || !browser.isAlive()) {
                throw new IOException("The browser did not start. Maybe name another: CHROMIUM=/path/to/chromium.");
            }
            Thread.sleep(20);
        }
        return Files.readAllLines(told).getFirst();
    }

    private static String pageOf(HttpClient client, String port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"));
        Matcher socket = SOCKET.matcher(client.send(request.build(), BodyHandlers.ofString()).body());
        if (!socket.find()) {
            throw new IOException("The browser shows no page.");
        }
        return socket.group(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        browser.destroy();
        try {
            browser.waitFor();
            try (var files = Files.walk(profile)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
