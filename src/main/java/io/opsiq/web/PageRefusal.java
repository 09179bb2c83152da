package io.opsiq.web;

import java.io.Serial;

/** A request that is answered with a page that says what is wrong and what to do. */
final class PageRefusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    private PageRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static PageRefusal unknown(String message) {
        return new PageRefusal(404, message);
    }

    static PageRefusal forbidden(String message) {
        return new PageRefusal(403, message);
    }

    static PageRefusal conflict(String message) {
        return new PageRefusal(409, message);
    }

    static PageRefusal doesNotFit(String message) {
        return new PageRefusal(422, message);
    }

    int status() {
        return status;
    }
}
