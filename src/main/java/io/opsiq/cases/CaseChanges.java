package io.opsiq.cases;

import java.util.List;

/**
 * What one run saw otherwise than another.
 *
 * @param first those with the most money, as many as were asked for
 * @param count how many there are in all
 */
public record CaseChanges(List<CaseChange> first, long count) {}
