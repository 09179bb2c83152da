package io.opsiq.learning;

import java.util.List;

/**
 * A scope that might explain false verdicts.
 *
 * @param cover the verdicts on facts in it
 * @param cost in nats, of naming it, less what comments say for it
 */
record ScopeCandidate(List<ScopeTerm> terms, Bits cover, double cost) {

    String text() {
        return String.join(";", terms.stream().map(ScopeTerm::text).sorted().toList());
    }
}
