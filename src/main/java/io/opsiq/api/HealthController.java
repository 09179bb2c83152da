package io.opsiq.api;

import io.opsiq.OpsIQ;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server is there, and what it serves. */
@RestController
final class HealthController {

    private final ServedBooks books;

    HealthController(ServedBooks books) {
        this.books = books;
    }

    record Health(String status, String version, List<String> tablesLoaded) {}

    @GetMapping("/health")
    Health health() {
        return new Health("ok", version(), books.tables());
    }

    /** What the jar was built as. */
    static String version() {
        @Nullable String version = OpsIQ.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
