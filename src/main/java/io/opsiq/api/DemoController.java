package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.investigation.Investigations;
import java.nio.file.Path;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Begins anew. */
@RestController
final class DemoController {

    private final OpsIQ opsiq;
    private final Investigations investigations;
    private final ServerSettings settings;

    DemoController(OpsIQ opsiq, Investigations investigations, ServerSettings settings) {
        this.opsiq = opsiq;
        this.investigations = investigations;
        this.settings = settings;
    }

    record Done(String status, String message) {}

    /** Waits for a run at work to end. */
    @PostMapping("/demo/reset")
    Done reset() {
        investigations.forgetAll(() -> {});
        Path served = Path.of(settings.books().data());
        Path demo = opsiq.folder().resolve("demo-books").toAbsolutePath().normalize();
        if (!served.equals(demo)) {
            return new Done("ok", "Forgotten: all runs, cases, feedback and memory. The books are as they were.");
        }
        opsiq.demoBooks().write(demo);
        return new Done(
                "ok", "Forgotten: all runs, cases, feedback and memory. The demo books are fresh, around today.");
    }
}
