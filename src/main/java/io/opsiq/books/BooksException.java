package io.opsiq.books;

import java.io.Serial;

/** Books that cannot be read at all; the message says what was looked for and what was found. */
public final class BooksException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BooksException(String message) {
        super(message);
    }
}
