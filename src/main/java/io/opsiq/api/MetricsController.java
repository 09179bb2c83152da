package io.opsiq.api;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The numbers that a monitoring system collects. */
@RestController
final class MetricsController {

    private static final MediaType PROMETHEUS = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final Meters meters;

    MetricsController(Meters meters) {
        this.meters = meters;
    }

    @GetMapping("/metrics")
    ResponseEntity<byte[]> metrics() {
        return ResponseEntity.ok()
                .contentType(PROMETHEUS)
                .body(meters.registry().scrape().getBytes(StandardCharsets.UTF_8));
    }
}
