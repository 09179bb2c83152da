package io.opsiq.learning;

import io.opsiq.evaluation.Canaries;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Gate;
import io.opsiq.evaluation.Gate.Tried;
import io.opsiq.evaluation.Judged;
import io.opsiq.evaluation.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What becomes of the scopes that verdicts speak for: the gate, then the policy. Decides; changes nothing. */
final class Decisions {

    private final Policy policy;
    private final Gate gate;
    private final List<Fact> open;
    private final long openMoney;

    /**
     * @param open facts that stand open and are shown
     * @param openMoney of open and approved facts
     */
    Decisions(Policy policy, List<Judged> judged, List<Fact> open, long openMoney) {
        this.policy = policy;
        this.open = open;
        this.openMoney = openMoney;
        this.gate = new Gate(
                judged,
                Canaries.among(Stream.concat(open.stream(), judged.stream().map(Judged::fact))
                        .toList()));
    }

    /** What became of a scope. */
    sealed interface Decision {

        ScopeSearch.Found found();

        Replay replay();

        /** Refused by the gate. */
        record Refused(ScopeSearch.Found found, Replay replay, List<String> reasons) implements Decision {}

        /** Through the gate; applied as far as the policy lets it. */
        record Passed(ScopeSearch.Found found, Replay replay, Rule rule, Policy.Room room) implements Decision {}
    }

    /** What becomes of each of these scopes; so much money was hidden in a month by changes that applied by themselves. */
    List<Decision> on(List<ScopeSearch.Found> scopes, long hiddenInAMonth) {
        List<Decision> decisions = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        long hidden = hiddenInAMonth;
        for (ScopeSearch.Found found : scopes) {
            Tried tried = gate.hiding(found.scope(), found.supports(), open);
            if (!tried.passed()) {
                decisions.add(new Decision.Refused(found, tried.replay(), tried.refusals()));
                continue;
            }
            Predicate<Fact> already = fact -> rules.stream().anyMatch(rule -> rule.test(fact));
            List<Fact> about =
                    open.stream().filter(found.scope().and(already.negate())).toList();
            Policy.Room room = policy.room(about, largest(found), openMoney, hidden);
            Rule rule = new Rule(found.scope(), room.upTo());
            hidden += room.money();
            rules.add(rule);
            decisions.add(new Decision.Passed(found, tried.replay(), rule, room));
        }
        return decisions;
    }

    /** How hiding all of a scope would go. */
    Tried hiding(Predicate<Fact> scope, List<Judged> supports) {
        return gate.hiding(scope, supports, open);
    }

    private static long largest(ScopeSearch.Found found) {
        return found.supports().stream()
                .mapToLong(each -> each.fact().money())
                .max()
                .orElse(0);
    }
}
