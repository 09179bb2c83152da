package io.opsiq.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The description of the API, for programs and for browsers; nothing of it comes from elsewhere. */
@RestController
final class DocsController {

    private static final String OWN = "/openapi/docs/";
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=utf-8");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=utf-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=utf-8");

    /** All files that there are; any other name is unknown. */
    private static final Map<String, Part> PARTS = Map.of(
            "docs.js", new Part(OWN + "docs.js", SCRIPT),
            "docs.css", new Part(OWN + "docs.css", STYLE),
            "swagger-ui-bundle.js", new Part(SWAGGER + "swagger-ui-bundle.js", SCRIPT),
            "swagger-ui.css", new Part(SWAGGER + "swagger-ui.css", STYLE),
            "favicon.png", new Part(SWAGGER + "favicon-32x32.png", MediaType.IMAGE_PNG));

    private final ApiDocument document = new ApiDocument(HealthController.version());

    private record Part(String resource, MediaType type) {}

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> openapi() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.get());
    }

    @GetMapping("/docs")
    ResponseEntity<byte[]> page(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", SecurityHeaders.DOCS);
        return answer(new Part(OWN + "index.html", HTML));
    }

    @GetMapping("/docs/{name}")
    ResponseEntity<byte[]> part(@PathVariable("name") String name) {
        @Nullable Part part = PARTS.get(name);
        if (part == null) {
            throw Refusal.unknown("There is nothing at this address. Maybe look at /docs.");
        }
        return answer(part);
    }

    private static ResponseEntity<byte[]> answer(Part part) {
        return ResponseEntity.ok().contentType(part.type()).body(bytes(part.resource()));
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = DocsController.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }

    /** The jar's folder carries its version, which its own description knows. */
    private static String swaggerVersion() {
        try (InputStream in =
                DocsController.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            java.util.Properties properties = new java.util.Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("The jar of swagger-ui cannot be read", e);
        }
    }
}
