package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.NamedPeriods.Periods;
import io.opsiq.analyst.QueryPlan.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a question is after, by its cues and by what it names. */
record Purpose(
        Sentence sentence,
        SemanticModel model,
        List<String> metrics,
        List<String> dimensions,
        List<Filter> filters,
        Periods periods) {

    Intent intent() {
        return definition()
                .or(this::why)
                .or(this::comparison)
                .or(this::share)
                .or(this::change)
                .or(this::trend)
                .or(this::ranking)
                .or(this::rows)
                .orElse(dimensions.isEmpty() ? Intent.VALUE : Intent.BREAKDOWN);
    }

    private boolean has(Cue... anyOf) {
        return sentence.has(anyOf);
    }

    private static Optional<Intent> where(boolean holds, Intent intent) {
        return holds ? Optional.of(intent) : Optional.empty();
    }

    private Optional<Intent> definition() {
        boolean bare = metrics.size() == 1 && dimensions.isEmpty() && filters.isEmpty() && !periods.said();
        if (has(Cue.DEFINE) && !bare) {
            throw new Unclear("I can say what one number means; ask for instance what "
                    + model.metric(metrics.getFirst()).label() + " is.");
        }
        return where(has(Cue.DEFINE) || (bare && asksWhatItIs()), Intent.DEFINITION);
    }

    /** "What is revenue" asks what it means; "what is the revenue", how much it is. */
    private boolean asksWhatItIs() {
        String start = sentence.tokens().stream().limit(2).map(Token::word).collect(Collectors.joining(" "));
        boolean onlyThat =
                sentence.spans().stream().allMatch(span -> span.is(Cue.WHICH, Cue.FILLER) || span.isMetric());
        return start.matches("what is|what are|whats( .*)?")
                && onlyThat
                && !sentence.aboutCases()
                && !sentence.hasWord("the")
                && !sentence.goesOn();
    }

    private Optional<Intent> why() {
        return where(has(Cue.WHY), Intent.WHY);
    }

    private Optional<Intent> comparison() {
        if (has(Cue.VERSUS) && !periods.two() && !versusDimensions().isEmpty()) {
            return Optional.of(periods.against() == null ? Intent.BREAKDOWN : Intent.COMPARISON);
        }
        boolean relative = has(Cue.THE_ONE_BEFORE, Cue.A_YEAR_AGO);
        if (relative || (has(Cue.VERSUS) && periods.said())) {
            return Optional.of(Intent.COMPARISON);
        }
        if (has(Cue.VERSUS) && metrics.size() < 2 && dimensions.isEmpty()) {
            throw new Unclear("I cannot tell what to compare with what.");
        }
        return Optional.empty();
    }

    /** Two values of one dimension that are put against each other. */
    private List<String> versusDimensions() {
        return filters.stream()
                .filter(filter -> !filter.excluded() && filter.values().size() > 1)
                .map(Filter::dimension)
                .limit(1)
                .toList();
    }

    private Optional<Intent> share() {
        if (has(Cue.SHARE) && dimensions.isEmpty() && filters.isEmpty()) {
            throw new Unclear("I cannot tell what the share is of: name a part, such as a region.");
        }
        return where(has(Cue.SHARE), Intent.SHARE);
    }

    private Optional<Intent> change() {
        if (!has(Cue.CHANGE, Cue.UP, Cue.DOWN) || sentence.grain() != null || has(Cue.TREND)) {
            return Optional.empty();
        }
        boolean asksForReasons = dimensions.isEmpty() && !has(Cue.UP, Cue.DOWN);
        return Optional.of(asksForReasons ? Intent.WHY : Intent.COMPARISON);
    }

    private Optional<Intent> trend() {
        return where(has(Cue.TREND) || sentence.grain() != null, Intent.TREND);
    }

    private Optional<Intent> ranking() {
        return where(has(Cue.TOP, Cue.BOTTOM), dimensions.isEmpty() ? Intent.LIST : Intent.TOP);
    }

    private Optional<Intent> rows() {
        return where(dimensions.isEmpty() && (has(Cue.LIST) || showsCases() || showsRecords()), Intent.LIST);
    }

    /** "Show open cases" asks for them, not for how many they are. */
    private boolean showsCases() {
        return metrics.equals(List.of("case_count"))
                && sentence.beginsWith("show|which|what|give|display|see|find|get|pull|present|are")
                && !asksHowMany();
    }

    /** "Which invoices are underbilled" and "show overdue invoices" ask for them; "show refunds" may ask for the sum. */
    private boolean showsRecords() {
        boolean which = sentence.beginsWith("which") && sentence.is(1, Span::isMetric);
        boolean shows = sentence.beginsWith("show|display|find|see|get|pull|present") && namesRecords();
        return metrics.size() == 1 && model.metric(metrics.getFirst()).isBase() && (which || shows) && !asksHowMany();
    }

    private boolean namesRecords() {
        return sentence.spans().stream()
                .filter(Span::isMetric)
                .flatMap(span -> span.words(sentence.tokens()).stream())
                .anyMatch(token -> token.word().matches("invoices|payments"));
    }

    private boolean asksHowMany() {
        return has(Cue.COUNT) || sentence.hasWord("count|number|total");
    }

    /** The dimensions that the result is split by. */
    List<String> splitBy(Intent intent) {
        return switch (intent) {
            case SHARE ->
                dimensions.isEmpty()
                        ? filters.stream().map(Filter::dimension).limit(1).toList()
                        : dimensions;
            case BREAKDOWN -> dimensions.isEmpty() ? versusDimensions() : dimensions;
            default -> dimensions;
        };
    }
}
