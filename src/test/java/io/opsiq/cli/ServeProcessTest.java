package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own. */
class ServeProcessTest {

    @TempDir
    Path folder;

    @Test
    void serve_prints_where_it_is_and_ends_when_told_to() throws Exception {
        Process process = start("serve", "--port", "0");
        URI address = address(process);

        assertThat(get(address, "/health")).contains("\"ok\"").contains("usage_events");
        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(folder.resolve("err"))
                .content()
                .contains("OpsIQ is at " + address)
                .doesNotContain("Exception");
    }

    @Test
    void demo_investigates_prints_the_cases_and_goes_on_serving() throws Exception {
        Process process = start("demo", "--port", "0");
        URI address = address(process);
        await(() -> read("out").contains("5 cases: lost USD 1,050.00."));

        assertThat(get(address, "/triage/cases")).contains("\"count\" : 5");
        assertThat(get(address, "/monitor/runs")).contains("completed");
        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(engines()).isEmpty();
    }

    @Test
    void a_taken_port_is_said_and_ends_with_1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("serve", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(read("err"))
                    .contains("Cannot listen on 127.0.0.1 port " + taken.getLocalPort())
                    .contains("Maybe")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void an_address_that_others_can_reach_wants_a_token() throws Exception {
        assertThat(start("serve", "--port", "0", "--host", "0.0.0.0").waitFor()).isEqualTo(2);
        assertThat(read("err")).contains("OPSIQ_TOKEN");
        assertThat(start("serve", "--port", "99999").waitFor()).isEqualTo(2);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--state", folder.resolve("state").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeAll(List.of("HOST", "PORT", "OPSIQ_TOKEN"));
        return builder.start();
    }

    private URI address(Process process) throws InterruptedException {
        await(() -> read("out").startsWith("http://") || !process.isAlive());
        return URI.create(read("out").lines().findFirst().orElseThrow());
    }

    private static String get(URI address, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private List<Path> engines() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("state/work"))) {
            return files.toList();
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
