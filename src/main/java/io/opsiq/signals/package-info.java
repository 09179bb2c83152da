/** Monitoring signals: what the books report, and which of them triggers an investigation. */
@NullMarked
package io.opsiq.signals;

import org.jspecify.annotations.NullMarked;
