package io.opsiq.api;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Begins anew. */
@RestController
final class DemoController {

    private final FreshStart fresh;

    DemoController(FreshStart fresh) {
        this.fresh = fresh;
    }

    record Done(String status, String message) {}

    /** Waits for a run at work to end. */
    @PostMapping("/demo/reset")
    Done reset() {
        return new Done("ok", fresh.begin());
    }
}
