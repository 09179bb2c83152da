package io.opsiq.reasoning;

import java.io.Serial;

/** An answer in the right form that is not to be used; the message says why, without a word of the answer. */
final class AnswerRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String evidence;

    AnswerRefused(String flaw) {
        this(flaw, "");
    }

    /** @param evidence the answer's own words, for the log alone */
    AnswerRefused(String flaw, String evidence) {
        super(flaw, null, false, false);
        this.evidence = evidence;
    }

    String flaw() {
        return String.valueOf(getMessage());
    }

    String evidence() {
        return evidence;
    }
}
