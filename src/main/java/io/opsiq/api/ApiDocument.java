package io.opsiq.api;

import io.opsiq.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The description of the API: {@code openapi.yaml}, with the examples beside it put where they belong. Put together when it is
 * first asked for.
 */
final class ApiDocument implements Supplier<byte[]> {

    private static final String FOLDER = "/openapi/";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String JSON = "application/json";

    private final String version;
    private byte @Nullable [] text;

    ApiDocument(String version) {
        this.version = version;
    }

    @Override
    public synchronized byte[] get() {
        byte[] known = text;
        if (known == null) {
            known = Json.pretty(document()).getBytes(StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new YAMLMapper().readValue(resource("openapi.yaml"), OBJECT);
        object(document, "info").put("version", version);
        operations(document).forEach(ApiDocument::putExamples);
        return document;
    }

    private static List<Map<String, Object>> operations(Map<String, Object> document) {
        List<Map<String, Object>> operations = new ArrayList<>();
        Map<String, Object> paths = object(document, "paths");
        paths.keySet()
                .forEach(path -> object(paths, path)
                        .keySet()
                        .forEach(method -> operations.add(object(object(paths, path), method))));
        return operations;
    }

    private static void putExamples(Map<String, Object> operation) {
        String name = "examples/" + operation.get("operationId");
        if (operation.containsKey("requestBody")) {
            put(object(object(operation, "requestBody"), "content"), name + ".request.json");
        }
        Map<String, Object> responses = object(operation, "responses");
        responses.keySet().stream()
                .filter(status -> status.startsWith("2"))
                .forEach(status -> put(object(object(responses, status), "content"), name + "." + status));
    }

    /** Of JSON an object, of anything else its text. */
    private static void put(Map<String, Object> content, String name) {
        for (String media : content.keySet()) {
            boolean json = media.equals(JSON);
            String file = json && !name.endsWith(".json") ? name + ".json" : json ? name : name + ".txt";
            String example = resource(file);
            object(content, media).put("example", json ? Json.read(example, OBJECT) : example);
        }
    }

    @SuppressWarnings("unchecked") // a YAML map with texts as keys, as the document is written
    private static Map<String, Object> object(Map<String, Object> within, String key) {
        Object value = within.computeIfAbsent(key, any -> new LinkedHashMap<>());
        return (Map<String, Object>) value;
    }

    private static String resource(String name) {
        try (InputStream in = ApiDocument.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException(FOLDER + name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The description of the API cannot be read", e);
        }
    }
}
