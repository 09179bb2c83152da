package io.opsiq.learning;

import java.util.List;

/**
 * A scope that might explain false verdicts.
 *
 * @param cover the verdicts on facts in it
 * @param cost in nats, of naming it, less what comments say for it
 */
record ScopeCandidate(List<ScopeTerm> terms, Bits cover, double cost) {

    /** Whether it says where or why, and not only what kind of fact or how much money it is about. */
    boolean saysWhere() {
        return terms.stream().anyMatch(term -> !Terms.isGeneric(term.feature()) && Terms.mayNarrow(term.feature()));
    }

    String text() {
        return String.join(";", terms.stream().map(ScopeTerm::text).sorted().toList());
    }
}
