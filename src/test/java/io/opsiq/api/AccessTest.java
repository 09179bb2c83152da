package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final String TOKEN = "a-token-of-twenty-letters";

    @TempDir
    static Path folder;

    private static LiveServer open;
    private static LiveServer guarded;

    @BeforeAll
    static void start() {
        open = new LiveServer(folder.resolve("open"));
        guarded = new LiveServer(folder.resolve("guarded"), TOKEN, null);
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LocalHost", "[::1]", "127.1.2.3"})
    void names_of_this_machine_are_answered(String host) throws IOException {
        assertThat(open.raw("GET /health HTTP/1.1", "Host: " + host + ":" + open.port()))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil-localhost",
                "1.2.3.4",
                "user@localhost"
            })
    void other_names_are_refused_whatever_they_lead_to(String host) throws IOException {
        assertThat(open.raw("GET /triage/cases HTTP/1.1", "Host: " + host + ":" + open.port()))
                .doesNotContain("\"cases\"")
                .containsPattern("^HTTP/1.1 (403|400)")
                .contains("application/problem+json");
    }

    @Test
    void a_request_without_a_host_or_with_another_port_is_refused() throws IOException {
        assertThat(open.raw("GET /health HTTP/1.0")).startsWith("HTTP/1.1 403");
        assertThat(open.raw("GET /health HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(open.raw("GET /health HTTP/1.1", "Host: localhost:1")).startsWith("HTTP/1.1 403");
        assertThat(open.raw("GET /health HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "https://127.0.0.1"})
    void a_page_from_elsewhere_cannot_change_anything(String origin) {
        var answer = open.post("/demo/reset", "Origin", origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json()).containsEntry("status", 403);
        assertThat(answer.text()).contains("another site");
    }

    @Test
    void what_a_browser_says_of_the_page_counts_too() {
        assertThat(open.post("/demo/reset", "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(403);
        assertThat(open.post("/demo/reset", "Sec-Fetch-Site", "same-site").status())
                .isEqualTo(403);
        assertThat(open.post("/demo/reset", "Sec-Fetch-Site", "same-origin").status())
                .isEqualTo(200);
    }

    @Test
    void pages_of_this_server_and_programs_may_change_things() {
        String own = "http://127.0.0.1:" + open.port();

        assertThat(open.post("/demo/reset", "Origin", own).status()).isEqualTo(200);
        assertThat(open.post("/demo/reset").status()).isEqualTo(200);
    }

    @Test
    void no_other_site_may_read_either() {
        var answer = open.get("/triage/cases", "Origin", "http://evil.example");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void with_a_token_everything_but_health_wants_it() {
        assertThat(guarded.get("/health").status()).isEqualTo(200);
        for (String path :
                new String[] {"/triage/cases", "/metrics", "/docs", "/openapi.json", "/nowhere", "/health/"}) {
            var answer = guarded.get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(guarded.post("/health").status()).isEqualTo(401);
        assertThat(guarded.get("/triage/cases", "Authorization", "Bearer " + TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(guarded.get("/triage/cases", "Authorization", "bearer " + TOKEN)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer a-token-of-twenty-letter",
                "Bearer a-token-of-twenty-letters2",
                "Basic " + TOKEN,
                TOKEN
            })
    void a_wrong_token_is_none(String authorization) {
        assertThat(guarded.get("/triage/cases", "Authorization", authorization).status())
                .isEqualTo(401);
    }

    @Test
    void with_a_token_any_name_will_do_since_a_proxy_may_stand_before() throws IOException {
        assertThat(guarded.raw(
                        "GET /triage/cases HTTP/1.1", "Host: opsiq.example.com", "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void settings_that_would_let_anybody_in_are_refused() {
        var books = io.opsiq.investigation.RunRequest.of(folder, null, null);

        assertThat(new ServerSettings("0.0.0.0", 0, null, books).objection())
                .hasValueSatisfying(objection -> assertThat(objection).contains("OPSIQ_TOKEN"));
        assertThat(new ServerSettings("127.0.0.1", 0, "short", books).objection())
                .isPresent();
        assertThat(new ServerSettings("0.0.0.0", 0, TOKEN, books).objection()).isEmpty();
        assertThat(new ServerSettings("localhost", 0, null, books).objection()).isEmpty();
        assertThat(new ServerSettings("0.0.0.0", 0, TOKEN, books)).asString().doesNotContain(TOKEN);
    }

    @Test
    void every_answer_tells_browsers_to_run_frame_and_keep_nothing() throws IOException {
        for (String answer : new String[] {
            open.raw("GET /health HTTP/1.1", "Host: localhost:" + open.port()),
            open.raw("GET /nowhere HTTP/1.1", "Host: localhost:" + open.port()),
            open.raw("GET /health HTTP/1.1", "Host: evil.example"),
            open.raw("GET /a%2fb HTTP/1.1", "Host: localhost:" + open.port()),
            open.raw("NONSENSE")
        }) {
            assertThat(answer)
                    .contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("X-Frame-Options: DENY")
                    .contains("Referrer-Policy: no-referrer")
                    .contains("Cache-Control: no-store")
                    .doesNotContainIgnoringCase("tomcat")
                    .doesNotContain("Server:");
        }
    }
}
