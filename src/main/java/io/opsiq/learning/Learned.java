package io.opsiq.learning;

import io.opsiq.cases.Scoring.Score;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What verdicts teach about facts that nobody has judged yet: how probable they are, and in which scopes nearly all are false. The
 * same verdicts teach the same, in whatever order they came.
 *
 * @param model null while there are fewer than {@value #ENOUGH} verdicts
 */
record Learned(@Nullable ConfidenceModel model, List<ScopeSearch.Found> scopes, int verdicts) {

    /** From so many verdicts on a model speaks; fewer would be guessing. */
    static final int ENOUGH = 20;

    static final Learned NOTHING = new Learned(null, List.of(), 0);

    private static final String ALL = "all";
    private static final int DIGITS = 4;
    private static final int SHOWN = 3;
    private static final double TELLING = 0.02;
    private static final double LEAST = 0.01;
    private static final double MOST = 0.99;

    /** What these verdicts teach; the population is of facts that are not judged, as far as they are known. */
    static Learned of(List<Judged> judged, List<Fact> population) {
        List<ScopeSearch.Found> scopes = new ScopeSearch(judged, population).find();
        if (judged.size() < ENOUGH) {
            return new Learned(null, scopes, judged.size());
        }
        List<ConfidenceModel.Row> rows = judged.stream()
                .sorted(Comparator.comparing(each -> each.fact().caseId()))
                .map(each -> row(each, scopes))
                .toList();
        return new Learned(ConfidenceModel.fit(rows, Learned::spread), scopes, judged.size());
    }

    private static ConfidenceModel.Row row(Judged judged, List<ScopeSearch.Found> scopes) {
        return new ConfidenceModel.Row(
                ConfidenceModel.logOdds(judged.fact().prior()),
                terms(judged.fact(), scopes),
                judged.isTrue() ? 1 : 0,
                judged.said().weight());
    }

    private static List<String> terms(Fact fact, List<ScopeSearch.Found> scopes) {
        List<String> terms = new ArrayList<>();
        terms.add(ALL);
        terms.add(Scope.TYPE + "=" + fact.type());
        terms.addAll(fact.traits());
        scopes.stream()
                .map(ScopeSearch.Found::scope)
                .filter(scope -> scope.test(fact))
                .forEach(scope -> terms.add(IN + scope.key()));
        return terms;
    }

    private static final String IN = ">";

    /** How far a weight may reasonably be from zero, in log odds: tuned on generated books (bench). */
    private static double spread(String term) {
        if (term.equals(ALL)) {
            return 2;
        }
        if (term.startsWith(IN)) {
            return 5;
        }
        return term.startsWith(Scope.TYPE) ? 0.5 : 0.25;
    }

    /** The probability that a fact is true. */
    double probability(Fact fact) {
        if (model == null) {
            return fact.prior();
        }
        double logOdds = model.logOdds(ConfidenceModel.logOdds(fact.prior()), terms(fact, scopes));
        return Math.clamp(ConfidenceModel.probability(logOdds), LEAST, MOST);
    }

    /** Whether there are enough verdicts for the model to speak. */
    boolean speaks() {
        return model != null;
    }

    /** The probability with the three terms that moved it most. */
    Score score(Fact fact) {
        BigDecimal probability = BigDecimal.valueOf(probability(fact)).setScale(DIGITS, RoundingMode.HALF_UP);
        BigDecimal prior = BigDecimal.valueOf(fact.prior());
        List<String> reasons = new ArrayList<>();
        reasons.add("From %s, what its kind promises, to %s by %d verdicts."
                .formatted(prior.toPlainString(), probability.setScale(2, RoundingMode.HALF_UP), verdicts));
        if (model != null) {
            ConfidenceModel fitted = model;
            terms(fact, scopes).stream()
                    .sorted(Comparator.comparingDouble((String term) -> -Math.abs(fitted.weight(term)))
                            .thenComparing(term -> term))
                    .limit(SHOWN)
                    .filter(term -> Math.abs(fitted.weight(term)) >= TELLING)
                    .forEach(term -> reasons.add(told(term, fitted.weight(term))));
        }
        return new Score(probability, prior.subtract(probability).max(BigDecimal.ZERO), List.copyOf(reasons));
    }

    private static String told(String term, double weight) {
        String because = term.equals(ALL)
                ? "how the verdicts on all kinds turned out"
                : term.startsWith(IN)
                        ? "the scope in which reviewers confirmed nothing ("
                                + term.substring(1).replace("=", " is ") + ")"
                        : Terms.feature(term).replace('_', ' ') + " is " + Terms.value(term);
        return String.format(
                Locale.ROOT,
                "%s by %s: odds times %.2f.",
                weight > 0 ? "Raised" : "Lowered",
                because,
                Math.exp(weight));
    }
}
