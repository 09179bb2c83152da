package io.opsiq.evaluation;

import java.util.Collections;
import java.util.List;

/**
 * A fact that a detector found, as far as learning looks at it.
 *
 * @param prior the share of true findings that its detector expects before any verdict, 0..1
 * @param traits {@code name=value}, sorted; a name may be there several times
 * @param money what it is about, in ten-thousandths of the base currency where there is a rate
 */
public record Fact(String caseId, String title, String type, double prior, List<String> traits, long money) {

    /** Whether it has this trait. */
    public boolean has(String trait) {
        return Collections.binarySearch(traits, trait) >= 0;
    }
}
