package io.opsiq.api;

import tools.jackson.core.JsonGenerator;

/** An answer written piece by piece while it is read, so that it may be longer than memory. */
@FunctionalInterface
interface JsonDocument {

    void write(JsonGenerator json);
}
