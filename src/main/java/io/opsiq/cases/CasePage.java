package io.opsiq.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cases in the order of expected money.
 *
 * @param count how many match in all
 * @param nextCursor where the next page begins; null after the last
 */
public record CasePage(
        List<Case> cases, long count, @Nullable String nextCursor) {}
