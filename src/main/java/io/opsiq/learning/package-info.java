/** Verdicts and what they teach: values in memory that the next run applies, and proposals that wait for more. */
@NullMarked
package io.opsiq.learning;

import org.jspecify.annotations.NullMarked;
