package io.opsiq.api;

import java.io.Serial;

/** A body went on beyond the limit. */
final class BodyTooLargeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;
}
