package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Gate;
import io.opsiq.evaluation.Judged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A rule as memory keeps it. */
record RuleInForce(Version version, Rule rule) {

    private static final BigDecimal UNITS = new BigDecimal(10_000);

    static Optional<RuleInForce> of(Version version) {
        return version.value().equals(Suppressions.OFF)
                ? Optional.empty()
                : Optional.of(new RuleInForce(
                        version,
                        new Rule(
                                Scope.of(version.scope()),
                                new BigDecimal(version.value().toString())
                                        .multiply(UNITS)
                                        .longValue())));
    }

    String key() {
        return version.key();
    }

    /** Whether it is about such facts, whatever their money. */
    boolean isAbout(Fact fact) {
        return rule.scope().test(fact);
    }

    boolean hides(Fact fact) {
        return rule.test(fact);
    }

    /** What is said of a case that it hides. */
    String because() {
        return "Hidden where %s: %s".formatted(rule.scope().shown(), version.reason());
    }

    /** Why it may no longer hold; empty while it may. */
    Optional<String> lapsed(List<Judged> verdicts, Instant now) {
        Instant ends = version.expiresAt();
        if (ends != null && !ends.isAfter(now)) {
            return Optional.of("It has expired.");
        }
        List<Judged> about =
                verdicts.stream().filter(each -> isAbout(each.fact())).toList();
        return isByPerson() ? lapsedForPerson(about) : lapsedByItself(about);
    }

    private boolean isByPerson() {
        return !version.author().equals("rules");
    }

    /** Of what people said the last word counts. */
    private Optional<String> lapsedForPerson(List<Judged> about) {
        return about.stream().anyMatch(each -> each.isTrue() && each.at().isAfter(version.updatedAt()))
                ? Optional.of("A person approved a fact in its scope since it was made.")
                : Optional.empty();
    }

    private static Optional<String> lapsedByItself(List<Judged> about) {
        if (about.stream().anyMatch(Judged::isTrue)) {
            return Optional.of("A person approved a fact in its scope.");
        }
        return about.size() < Gate.FEWEST
                ? Optional.of("Only %d false verdicts in its scope are still in force.".formatted(about.size()))
                : Optional.empty();
    }
}
