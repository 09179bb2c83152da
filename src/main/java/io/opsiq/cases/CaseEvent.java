package io.opsiq.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a case, such as {@code opened} or {@code resolved}, and in which run. */
public record CaseEvent(
        String kind, String detail, @Nullable String runId, Instant createdAt) {}
