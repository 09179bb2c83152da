package io.opsiq.learning;

import java.time.Instant;

/** Two reviewers who say different things about a case; the later one's word, {@code otherSaid}, is in force. */
public record Contradiction(
        String caseId, String reviewer, String said, String otherReviewer, String otherSaid, Instant at) {}
