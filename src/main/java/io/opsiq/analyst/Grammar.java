package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.ValueNamed;
import io.opsiq.analyst.NamedPeriods.Periods;
import io.opsiq.analyst.QueryPlan.Filter;
import io.opsiq.analyst.Reading.NotUnderstood;
import io.opsiq.analyst.Reading.Understood;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan from the words of a question alone. Every word is accounted for: one that is not known, and one that is known
 * but has no place, ends the reading; none is passed over.
 */
final class Grammar {

    /** How far a second reading is behind, where a value is one of several dimensions. */
    private static final double MARGIN_OF_SEVERAL = 0.7;

    private final SemanticModel model;
    private final Lexicon lexicon;
    private final Ground ground;
    private final Terms terms;

    /** @param terms the values that the books use */
    Grammar(Lexicon lexicon, Ground ground, Terms terms) {
        this.model = ground.model();
        this.lexicon = lexicon;
        this.ground = ground;
        this.terms = terms;
    }

    /** @param base the plan that the question goes on from; null when it stands by itself */
    Reading read(String question, @Nullable QueryPlan base) {
        Sentence sentence = sentence(Words.of(question), base);
        if (!allKnown(sentence.spans())) {
            return unknown(sentence);
        }
        try {
            return understood(sentence, base);
        } catch (Unclear e) {
            return new NotUnderstood(String.valueOf(e.getMessage()), List.of());
        }
    }

    /** With kinds and severities of cases where cases are asked for, or where it cannot be understood without. */
    private Sentence sentence(List<Token> tokens, @Nullable QueryPlan base) {
        Map<String, List<ValueNamed>> values = terms.in(tokens);
        TimePhrases times = new TimePhrases(tokens, ground.clock(), firstDay());
        List<Span> plain = new Binding(tokens, lexicon, values, times, false).spans();
        boolean aboutCases = Binding.isAboutCases(plain) || (base != null && isAboutCases(base));
        if (aboutCases || !allKnown(plain)) {
            List<Span> ofCases = new Binding(tokens, lexicon, values, times, true).spans();
            if (aboutCases || allKnown(ofCases)) {
                return new Sentence(tokens, ofCases, true, base != null);
            }
        }
        return new Sentence(tokens, plain, false, base != null);
    }

    private LocalDate firstDay() {
        return ground.span(model.metrics().stream().filter(Metric::isBase).toList())
                .map(Ground.Span::first)
                .orElse(ground.clock());
    }

    private boolean isAboutCases(QueryPlan plan) {
        return model.metric(plan.metric()).isOfCases();
    }

    private static boolean allKnown(List<Span> spans) {
        return spans.stream().allMatch(Span::isKnown);
    }

    private Reading understood(Sentence sentence, @Nullable QueryPlan base) {
        if (sentence.has(Cue.FUTURE)) {
            throw new Unclear("The books tell what happened up to " + ground.clock() + "; I make no forecasts.");
        }
        NamedMetrics named = new NamedMetrics(sentence, model);
        boolean follows = named.metrics().isEmpty()
                || sentence.has(Cue.FOLLOW)
                || sentence.at(0).is(Cue.AND);
        if (named.metrics().isEmpty() && base == null) {
            throw new Unclear("I cannot tell which number this is about.");
        }
        List<String> metrics = base != null && named.metrics().isEmpty() ? base.metrics() : named.metrics();
        NamedFilters values = new NamedFilters(sentence, ground, metrics);
        Purpose purpose = purpose(sentence, metrics, dimensions(sentence, named, metrics), values.filters());
        QueryPlan plan = new Planning(purpose).plan();
        return new Understood(
                base != null && follows ? goingOn(base, plan, purpose) : plan,
                values.notes().isEmpty() ? 1 : MARGIN_OF_SEVERAL,
                values.notes());
    }

    private List<String> dimensions(Sentence sentence, NamedMetrics named, List<String> metrics) {
        NamedDimensions split = new NamedDimensions(sentence);
        List<String> dimensions = split.dimensions().stream()
                .filter(each -> !(each.equals("customer") && named.countsCustomers()))
                .toList();
        if (dimensions.isEmpty() && metrics.size() < 2 && sentence.grain() == null && !sentence.has(Cue.TOP)) {
            split.requireByToLead(model.metric(metrics.getFirst()).label());
        }
        return dimensions;
    }

    private Purpose purpose(Sentence sentence, List<String> metrics, List<String> dimensions, List<Filter> filters) {
        Periods periods = new NamedPeriods(sentence, ground.clock()).periods();
        return new Purpose(sentence, model, metrics, dimensions, filters, periods);
    }

    private static QueryPlan goingOn(QueryPlan base, QueryPlan plan, Purpose purpose) {
        return new FollowUp(
                        base,
                        plan,
                        !purpose.dimensions().isEmpty(),
                        purpose.periods().said())
                .plan();
    }

    private Reading unknown(Sentence sentence) {
        List<Span> unknown =
                sentence.spans().stream().filter(span -> !span.isKnown()).toList();
        Set<String> like = new LinkedHashSet<>();
        for (Span span : unknown) {
            String word = sentence.tokens().get(span.start()).word();
            like.addAll(lexicon.like(word));
            like.addAll(terms.like(word));
        }
        String named = unknown.stream()
                .map(sentence::text)
                .distinct()
                .limit(5)
                .map(word -> "“" + word + "”")
                .collect(Collectors.joining(", "));
        return new NotUnderstood(
                "I do not know what " + named + " means here, and will not guess.",
                like.stream().limit(4).toList());
    }
}
