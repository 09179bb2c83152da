/** Systemic problems: cases of one type with one cause, so that one decision can answer all of them. */
@NullMarked
package io.opsiq.problems;

import org.jspecify.annotations.NullMarked;
