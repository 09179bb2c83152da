package io.opsiq.api;

import java.io.Writer;

/** An answer written piece by piece while it is read, so that it may be longer than memory. */
@FunctionalInterface
interface JsonDocument {

    /** Flushes or closes the writer when all is written, and only then: what broke off must not look whole. */
    void write(Writer out);
}
