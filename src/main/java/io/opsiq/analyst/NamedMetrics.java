package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.DimensionNamed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The numbers that a question names. */
final class NamedMetrics {

    /** They may only say what another number is of: "overdue invoices". */
    private static final Set<String> NOUNS = Set.of("invoice_count", "collected", "active_subscriptions");

    private final Sentence sentence;
    private final SemanticModel model;
    private final List<String> named = new ArrayList<>();

    NamedMetrics(Sentence sentence, SemanticModel model) {
        this.sentence = sentence;
        this.model = model;
        requireNoQuotient();
        for (int i = 0; i < sentence.spans().size(); i++) {
            if (isNumber(sentence.at(i))) {
                note(i);
            }
        }
    }

    List<String> metrics() {
        if (named.isEmpty() && !sentence.goesOn()) {
            return implied();
        }
        return named.stream().distinct().toList();
    }

    private List<String> implied() {
        if (countsCustomers()) {
            return List.of("customers");
        }
        return sentence.spans().stream().anyMatch(NamedMetrics::isOnlyOfCases) ? List.of("case_count") : List.of();
    }

    /** Whether the word "customers" is the number that is asked for, and no dimension. */
    boolean countsCustomers() {
        boolean splits = sentence.has(Cue.BY)
                && sentence.all(DimensionNamed.class).stream().distinct().count() > 1;
        return named.isEmpty()
                && !sentence.goesOn()
                && sentence.spans().stream()
                        .anyMatch(span ->
                                span.dimension().filter("customer"::equals).isPresent())
                && (sentence.has(Cue.COUNT) || splits);
    }

    /** A kind of case, or where only a case can stand. */
    private static boolean isOnlyOfCases(Span span) {
        return span.isValueOf("anomaly_type")
                || span.all(Meaning.ValueNamed.class).stream()
                        .anyMatch(value -> value.dimension().equals("status")
                                && value.value()
                                        .matches("approved|rejected|false_positive|accepted|resolved|suppressed"));
    }

    /** "Revenue per invoice" is a quotient; the books are split by groups, not by their own rows. */
    private void requireNoQuotient() {
        List<Token> tokens = sentence.tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String row = tokens.get(i + 1).stem();
            if (tokens.get(i).word().equals("per")
                    && row.matches("invoice|payment|refund|subscription|seat|case|transaction")) {
                throw new Unclear(
                        "I do not work out an amount per " + row + ". Maybe ask for the average invoice amount.");
            }
        }
    }

    private boolean isNumber(Span span) {
        return span.isMetric() && !span.isDimension() && !sentence.isKindOfCaseAlone(span);
    }

    private void note(int at) {
        String metric = counted(at);
        if (named.isEmpty() || named.contains(metric) || isJoined(at)) {
            named.add(metric);
        } else if (!areOfOneTable(metric, named.getLast()) || !(isNoun(metric) || isNoun(named.getLast()))) {
            throw new Unclear("I read two numbers, " + label(named.getLast()) + " and " + label(metric)
                    + ", and cannot tell how they belong together. Maybe join them with “and”, or ask for one.");
        } else if (!isNoun(metric)) {
            named.set(named.size() - 1, metric);
        }
    }

    /** Whether the number is joined to the one before it: by "and", or by nothing but a word that says so. */
    private boolean isJoined(int at) {
        if (isListed(sentence.at(at))) {
            return true;
        }
        for (int i = at - 1; i >= 0; i--) {
            Span span = sentence.at(i);
            if (span.is(Cue.AND, Cue.VERSUS) || isListed(span)) {
                return true;
            }
            if (span.isMetric() && !span.isDimension()) {
                return false;
            }
        }
        return false;
    }

    private boolean isListed(Span span) {
        return sentence.tokens().get(span.start()).listed();
    }

    private boolean areOfOneTable(String one, String other) {
        return model.metric(one).dataset().equals(model.metric(other).dataset());
    }

    private static boolean isNoun(String metric) {
        return NOUNS.contains(metric);
    }

    private String label(String metric) {
        return model.metric(metric).label();
    }

    /** "How many refunds" asks for their number, not for their money. */
    private String counted(int at) {
        Metric metric = model.metric(sentence.at(at).metric().orElseThrow());
        boolean asksHowMany = sentence.spans().stream().limit(at).anyMatch(span -> span.is(Cue.COUNT));
        if (!asksHowMany || metric.unit() == Metric.Unit.COUNT || metric.isRatio() || isJoined(at)) {
            return metric.name();
        }
        if (metric.countedAs() == null) {
            throw new Unclear("I cannot count " + metric.label() + "; it is an amount.");
        }
        return metric.countedAs();
    }
}
