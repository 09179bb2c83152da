package io.opsiq.detectors;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test beside a detector: tiny books and what is to be found in them.
 *
 * @param file its file's name
 * @param name what it shows, as a sentence
 * @param asOf the clock, or null for the books' own
 * @param params limits to set for this test
 * @param alsoRun other detectors to run, so that money is counted once among them
 * @param tables table to CSV text
 */
public record Fixture(
        String file,
        String name,
        @Nullable String asOf,
        Map<String, BigDecimal> params,
        List<String> alsoRun,
        Map<String, String> tables,
        List<Expected> expect) {

    /** A finding that there must be: entities by name (a text or a list of texts), money. */
    public record Expected(Map<String, Object> entities, BigDecimal amount, String currency) {}
}
