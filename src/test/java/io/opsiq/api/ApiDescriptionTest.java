package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description is what the server does: every address, every answer, every example. */
class ApiDescriptionTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> CONTRACT = List.of(
            "GET /health",
            "POST /monitor/run",
            "GET /monitor/signals",
            "GET /triage/cases",
            "GET /triage/cases/open",
            "GET /triage/cases/{id}",
            "POST /triage/rerun",
            "POST /analyst/query",
            "POST /feedback",
            "GET /feedback",
            "GET /feedback/counts",
            "GET /feedback/improvement",
            "GET /eval/latest",
            "GET /eval/all",
            "GET /llm/status",
            "GET /llm/reasoning",
            "POST /sentiment/analyze",
            "GET /sentiment/log",
            "GET /memory",
            "GET /traces/latest",
            "GET /traces/all",
            "POST /demo/reset",
            "GET /actions",
            "POST /actions/{id}/approve",
            "POST /actions/{id}/decline");

    @TempDir
    static Path folder;

    private static LiveServer live;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        live = new LiveServer(folder);
        document = MAPPER.readTree(live.get("/openapi.json").text());
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void it_is_open_api_3_1_and_names_the_version() {
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("info").path("version").asString()).isNotBlank();
    }

    @Test
    void it_describes_every_address_that_there_is_and_no_other() {
        Set<String> described = new TreeSet<>();
        forEachOperation((name, operation) -> described.add(name));

        assertThat(described).containsAll(CONTRACT).isEqualTo(mapped());
    }

    @Test
    void every_operation_is_described_and_says_how_it_refuses() {
        forEachOperation((name, operation) -> {
            assertThat(operation.path("summary").asString()).as(name).isNotBlank();
            assertThat(operation.path("description").asString()).as(name).isNotBlank();
            assertThat(operation.path("responses").propertyNames()).as(name).contains("400", "403", "406", "500");
            if (name.contains("{id}")) {
                assertThat(operation.path("responses").propertyNames()).as(name).contains("404");
            }
            if (operation.has("requestBody")) {
                assertThat(operation.path("responses").propertyNames()).as(name).contains("413", "415", "422");
            }
        });
    }

    @Test
    void every_reference_leads_somewhere() {
        document.findValuesAsString("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void every_request_and_every_answer_has_an_example_that_fits_it() {
        forEachOperation((name, operation) -> {
            if (operation.has("requestBody")) {
                fits(name + " request", operation.path("requestBody").path("content"));
            }
            operation.path("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response -> fits(
                            name + " " + response.getKey(), response.getValue().path("content")));
        });
    }

    @Test
    void live_answers_fit_their_description_and_hold_nothing_that_it_does_not_name() {
        JsonNode run = answer("POST /monitor/run", live.post("/monitor/run"));
        answer("POST /monitor/run", live.post("/monitor/run", "Prefer", "respond-async"));
        String caseId = run.path("cases").get(0).path("case_id").asString();
        answer(
                "POST /feedback",
                live.postJson(
                        "/feedback",
                        "{\"target_type\": \"case\", \"target_id\": \"%s\", \"feedback_type\": \"false_positive\"}"
                                .formatted(caseId)));
        answer("POST /triage/rerun", live.post("/triage/rerun"));
        answer("POST /sentiment/analyze", live.postJson("/sentiment/analyze", "{\"text\": \"charged twice\"}"));
        answer(
                "POST /monitor/signals",
                live.postJson("/monitor/signals", "{\"signal_type\": \"alert\", \"severity\": \"low\"}"));
        String action = MAPPER.readTree(live.get("/actions?status=proposed").text())
                .path("actions")
                .get(0)
                .path("action_id")
                .asString();
        answer("POST /actions/{id}/approve", live.post("/actions/" + action + "/approve"));
        answer("POST /actions/{id}/decline", live.post("/actions/" + action + "/decline"));
        String runId = run.path("run_id").asString();
        answer("GET /monitor/runs/{id}", live.get("/monitor/runs/" + runId));
        answer("GET /triage/cases/{id}", live.get("/triage/cases/" + caseId));
        forEachOperation((name, operation) -> {
            String path = name.substring(name.indexOf('/'));
            if (name.startsWith("GET ") && !path.contains("{") && isJson(operation)) {
                answer(name, live.get(path));
            }
        });
        answer("POST /demo/reset", live.post("/demo/reset"));
    }

    @Test
    void live_refusals_fit_the_description_of_problems() {
        for (var refusal : List.of(
                live.get("/nowhere"),
                live.get("/triage/cases/NONE"),
                live.get("/triage/cases?status=x"),
                live.postJson("/sentiment/analyze", "{"),
                live.get("/health", "Accept", "text/html"),
                live.post("/demo/reset", "Origin", "http://evil.example"))) {
            assertThat(schema(MAPPER.readTree("{\"$ref\": \"#/components/schemas/Problem\"}"), true)
                            .validate(refusal.text(), InputFormat.JSON))
                    .as(refusal.text())
                    .isEmpty();
        }
    }

    @Test
    void it_can_be_browsed_with_nothing_from_elsewhere() {
        var page = live.get("/docs");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
        assertThat(page.text()).doesNotContain("http:").doesNotContain("https:").doesNotContain("<style");
        Stream.of("docs.js", "docs.css", "swagger-ui-bundle.js", "swagger-ui.css", "favicon.png")
                .forEach(part -> {
                    assertThat(page.text() + "docs.js").contains(part);
                    assertThat(live.get("/docs/" + part).status()).as(part).isEqualTo(200);
                });
    }

    private static boolean isJson(JsonNode operation) {
        return operation.path("responses").path("200").path("content").has("application/json");
    }

    private static JsonNode answer(String name, LiveServer.Answer answer) {
        String[] parts = name.split(" ", 2);
        JsonNode content = document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(Integer.toString(answer.status()))
                .path("content")
                .path("application/json");
        assertThat(content.isMissingNode()).as(name + " " + answer.text()).isFalse();
        assertThat(schema(content.path("schema"), true).validate(answer.text(), InputFormat.JSON))
                .as(name)
                .isEmpty();
        return MAPPER.readTree(answer.text());
    }

    private static void fits(String name, JsonNode content) {
        content.properties().forEach(media -> {
            JsonNode example = media.getValue().path("example");
            assertThat(example.isMissingNode()).as(name + " has no example").isFalse();
            assertThat(schema(media.getValue().path("schema"), true).validate(example))
                    .as(name)
                    .isEmpty();
        });
    }

    /** @param strict fields that the description does not name do not fit */
    private static Schema schema(JsonNode schema, boolean strict) {
        ObjectNode whole = schema.deepCopy().asObject();
        JsonNode components = document.path("components").deepCopy();
        if (strict) {
            close(components.path("schemas"));
        }
        whole.set("components", components);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDescriptionTest::close);
    }

    private static void forEachOperation(BiConsumer<String, JsonNode> consumer) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> consumer.accept(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
    }

    /** What the controllers answer, pages aside. */
    private static Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        Map<String, String> paths = new LinkedHashMap<>();
        Stream.of(Wiring.class.getAnnotation(Import.class).value())
                .flatMap(controller -> Stream.of(controller.getDeclaredMethods()))
                .forEach(method -> {
                    GetMapping get = method.getAnnotation(GetMapping.class);
                    PostMapping post = method.getAnnotation(PostMapping.class);
                    if (get != null) {
                        Stream.of(get.value()).forEach(path -> paths.put("GET " + path, path));
                        Stream.of(get.path()).forEach(path -> paths.put("GET " + path, path));
                    }
                    if (post != null) {
                        Stream.of(post.value()).forEach(path -> paths.put("POST " + path, path));
                    }
                });
        paths.forEach((name, path) -> {
            if (!path.startsWith("/docs")) {
                mapped.add(name);
            }
        });
        return mapped;
    }
}
