package io.opsiq.learning;

import java.math.BigDecimal;
import java.util.Set;

/**
 * A limit that a run tries beside the one in force.
 *
 * @param parameter of the detector
 */
public record LimitTrial(String proposalId, String detector, String parameter, BigDecimal limit) {

    /**
     * What came of it.
     *
     * @param lost the cases that would no longer be found
     */
    public record Tried(LimitTrial trial, Set<String> lost) {}
}
