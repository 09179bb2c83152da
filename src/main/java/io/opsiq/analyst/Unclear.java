package io.opsiq.analyst;

/** Ends the reading of a question; the message is a sentence for the asker. It does not leave {@link Grammar}. */
final class Unclear extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unclear(String reason) {
        super(reason, null, false, false);
    }
}
