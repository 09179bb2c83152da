package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import java.util.function.Predicate;

/**
 * A suppression: facts of the scope are hidden up to this much money each.
 *
 * @param upTo in ten-thousandths of the base currency; larger facts are shown
 */
record Rule(Scope scope, long upTo) implements Predicate<Fact> {

    @Override
    public boolean test(Fact fact) {
        return fact.money() <= upTo && scope.test(fact);
    }
}
