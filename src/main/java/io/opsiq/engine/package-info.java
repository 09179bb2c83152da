/** The analytical engine: an embedded DuckDB with bounded memory, whose statements can be cancelled and which can be sealed. */
@NullMarked
package io.opsiq.engine;

import org.jspecify.annotations.NullMarked;
