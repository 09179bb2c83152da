package io.opsiq.learning;

import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A limit at which a run looks beside the one that it detects with.
 *
 * @param key of memory
 * @param parameter of the detector
 */
public record LimitTrial(String key, String detector, String parameter, BigDecimal limit) {

    /**
     * What came of it.
     *
     * @param lost the cases that would not be found with it
     */
    public record Tried(LimitTrial trial, Set<String> lost) {

        /** The same without the cases that are hidden already. */
        public Tried without(Set<String> hidden) {
            return new Tried(
                    trial, lost.stream().filter(each -> !hidden.contains(each)).collect(Collectors.toSet()));
        }
    }
}
