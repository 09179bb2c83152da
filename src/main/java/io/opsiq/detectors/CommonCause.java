package io.opsiq.detectors;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What several findings of one type have in common, far more often than chance has it.
 *
 * @param id made from the type and what is shared, so the same cause has the same id in every run
 * @param name what kind of cause it is, such as {@code issuer}
 * @param shared columns and the value that all these findings have in them
 * @param findings how many there are
 * @param share of all findings of the type, 0..1
 * @param expectedShare of the type's findings that chance would give it, 0..1
 */
public record CommonCause(
        String id,
        String anomalyType,
        String name,
        Map<String, String> shared,
        long findings,
        BigDecimal share,
        BigDecimal expectedShare) {

    /** What every id begins with. */
    public static final String ID_START = "PROB-";
}
