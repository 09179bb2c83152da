/** The REST API: thin controllers over the core, and what makes a server of them: access, errors, limits, metrics. The only package that knows Spring. */
@NullMarked
package io.opsiq.api;

import org.jspecify.annotations.NullMarked;
