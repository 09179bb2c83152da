package io.opsiq.analyst;

import io.opsiq.sources.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The books that questions are about.
 *
 * @param asOf the clock when the books' own latest moment shall not be it
 * @param investigated whether the cases of the state are about these books
 */
public record Subject(Source source, @Nullable Instant asOf, boolean investigated) {}
