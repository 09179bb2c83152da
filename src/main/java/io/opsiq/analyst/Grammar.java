package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Count;
import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.DimensionNamed;
import io.opsiq.analyst.Meaning.Every;
import io.opsiq.analyst.Meaning.MetricNamed;
import io.opsiq.analyst.Meaning.Time;
import io.opsiq.analyst.Meaning.ValueNamed;
import io.opsiq.analyst.QueryPlan.Direction;
import io.opsiq.analyst.QueryPlan.Filter;
import io.opsiq.analyst.QueryPlan.Order;
import io.opsiq.analyst.Reading.NotUnderstood;
import io.opsiq.analyst.Reading.Understood;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan from the words of a question alone. Every word is accounted for: one that is not known, and one that is known
 * but has no place, ends the reading; none is passed over.
 */
final class Grammar {

    private static final int TOP = 10;

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
        List<Token> tokens = Words.of(question);
        Map<String, List<ValueNamed>> values = terms.in(tokens);
        LocalDate first = ground.span(
                        model.metrics().stream().filter(Metric::isBase).toList())
                .map(Ground.Span::first)
                .orElse(ground.clock());
        TimePhrases times = new TimePhrases(tokens, ground.clock(), first);
        List<Span> spans = new Binding(tokens, lexicon, values, times, false).spans();
        boolean baseOnCases =
                base != null && model.metric(base.metric()).dataset().equals("cases");
        boolean unknown = spans.stream().anyMatch(span -> !span.isKnown());
        if (Binding.isAboutCases(spans) || baseOnCases || unknown) {
            List<Span> ofCases = new Binding(tokens, lexicon, values, times, true).spans();
            boolean better = ofCases.stream().allMatch(Span::isKnown);
            if (Binding.isAboutCases(spans) || baseOnCases || better) {
                return new Pass(tokens, ofCases, base, true).read();
            }
        }
        return new Pass(tokens, spans, base, false).read();
    }

    /** One reading of one question. */
    private final class Pass {

        private final List<Token> tokens;
        private final List<Span> spans;
        private final @Nullable QueryPlan base;
        private final boolean aboutCases;
        private final List<String> notes = new ArrayList<>();
        private final Set<Integer> absorbed = new LinkedHashSet<>();
        private double margin = 1;

        Pass(List<Token> tokens, List<Span> spans, @Nullable QueryPlan base, boolean aboutCases) {
            this.tokens = tokens;
            this.spans = new ArrayList<>(spans);
            this.base = base;
            this.aboutCases = aboutCases;
        }

        Reading read() {
            List<Span> unknown = spans.stream().filter(span -> !span.isKnown()).toList();
            if (!unknown.isEmpty()) {
                return unknown(unknown);
            }
            if (has(Cue.FUTURE)) {
                return no("The books tell what happened up to " + ground.clock() + "; I make no forecasts.");
            }
            try {
                return understood();
            } catch (Stop e) {
                return new NotUnderstood(String.valueOf(e.getMessage()), List.of());
            }
        }

        private Reading understood() {
            List<String> metrics = metrics();
            boolean follows = base != null
                    && (metrics.isEmpty() || has(Cue.FOLLOW) || spans.getFirst().is(Cue.AND));
            if (metrics.isEmpty() && !follows) {
                throw new Stop("I cannot tell which number this is about.");
            }
            absorbNouns();
            List<String> named = metrics.isEmpty() && base != null ? base.metrics() : metrics;
            List<Filter> filters = filters(named);
            List<String> dimensions = dimensions(named);
            Periods periods = periods();
            QueryPlan plan = plan(named, dimensions, filters, periods);
            if (follows && base != null) {
                plan = new FollowUp(
                                base, plan, !metrics.isEmpty(), !dimensions.isEmpty(), periods.said(), grain() != null)
                        .plan();
            }
            return new Understood(plan, margin, notes);
        }

        private QueryPlan plan(List<String> metrics, List<String> dimensions, List<Filter> filters, Periods periods) {
            Intent intent = intent(metrics, dimensions, filters, periods);
            List<String> by = switch (intent) {
                case SHARE -> shareDimensions(dimensions, filters);
                case BREAKDOWN -> dimensions.isEmpty() ? versusDimensions(filters) : dimensions;
                default -> dimensions;
            };
            boolean least = has(Cue.BOTTOM);
            boolean ranks = has(Cue.TOP) || least;
            Grain grain =
                    intent == Intent.TREND ? Objects.requireNonNullElse(grain(), defaultGrain(periods.period())) : null;
            Integer count = count(intent);
            Integer limit = count != null
                    ? count
                    : intent == Intent.TOP || (intent == Intent.LIST && ranks) ? (Integer) TOP : null;
            Order order = least ? Order.LEAST : intent == Intent.LIST && !ranks ? Order.LATEST : Order.GREATEST;
            if (ranks && intent != Intent.TOP && intent != Intent.LIST && intent != Intent.TREND) {
                throw new Stop("I cannot tell what to rank.");
            }
            return new QueryPlan(
                    intent,
                    metrics,
                    by,
                    filters,
                    periods.period(),
                    grain,
                    periods.against(),
                    order,
                    limit,
                    premise(intent));
        }

        // -- What it is after.

        private Intent intent(List<String> metrics, List<String> dimensions, List<Filter> filters, Periods periods) {
            boolean compares = has(Cue.VERSUS) || has(Cue.THE_ONE_BEFORE) || has(Cue.A_YEAR_AGO);
            if (isDefinition(metrics, dimensions, filters, periods)) {
                return Intent.DEFINITION;
            }
            if (has(Cue.DEFINE)) {
                throw new Stop("I can say what one number means; ask for instance what "
                        + model.metric(metrics.getFirst()).label() + " is.");
            }
            if (has(Cue.WHY)) {
                return Intent.WHY;
            }
            if (has(Cue.VERSUS) && !periods.two() && !versusDimensions(filters).isEmpty()) {
                return periods.against() == null ? Intent.BREAKDOWN : Intent.COMPARISON;
            }
            if (compares && (periods.said() || has(Cue.THE_ONE_BEFORE) || has(Cue.A_YEAR_AGO))) {
                return Intent.COMPARISON;
            }
            if (has(Cue.VERSUS) && metrics.size() < 2 && dimensions.isEmpty()) {
                throw new Stop("I cannot tell what to compare with what.");
            }
            if (has(Cue.SHARE) && !(dimensions.isEmpty() && filters.isEmpty())) {
                return Intent.SHARE;
            }
            if (has(Cue.SHARE)) {
                throw new Stop("I cannot tell what the share is of: name a part, such as a region.");
            }
            if ((has(Cue.CHANGE) || has(Cue.UP) || has(Cue.DOWN)) && grain() == null && !has(Cue.TREND)) {
                return has(Cue.CHANGE) && dimensions.isEmpty() && !has(Cue.UP) && !has(Cue.DOWN)
                        ? Intent.WHY
                        : Intent.COMPARISON;
            }
            if (has(Cue.TREND) || grain() != null) {
                return Intent.TREND;
            }
            if (has(Cue.TOP) || has(Cue.BOTTOM)) {
                return dimensions.isEmpty() ? Intent.LIST : Intent.TOP;
            }
            if ((has(Cue.LIST) && dimensions.isEmpty()) || showsCases(metrics, dimensions)) {
                return Intent.LIST;
            }
            return dimensions.isEmpty() ? Intent.VALUE : Intent.BREAKDOWN;
        }

        private boolean isDefinition(
                List<String> metrics, List<String> dimensions, List<Filter> filters, Periods periods) {
            boolean bare = metrics.size() == 1 && dimensions.isEmpty() && filters.isEmpty() && !periods.said();
            if (has(Cue.DEFINE)) {
                return bare;
            }
            String start = tokens.stream().limit(2).map(Token::word).collect(Collectors.joining(" "));
            boolean whatIs =
                    start.equals("what is") || tokens.getFirst().word().equals("whats") || start.equals("what are");
            boolean onlyThat = spans.stream()
                    .allMatch(span -> span.is(Cue.WHICH)
                            || span.is(Cue.FILLER)
                            || span.as(MetricNamed.class).isPresent());
            boolean number =
                    aboutCases || tokens.stream().anyMatch(token -> token.word().equals("the"));
            return bare && whatIs && onlyThat && !number && base == null;
        }

        /** "Show open cases" asks for them, not for how many they are. */
        private boolean showsCases(List<String> metrics, List<String> dimensions) {
            boolean counts = has(Cue.COUNT)
                    || tokens.stream().anyMatch(token -> token.word().matches("count|number|total"));
            boolean shows =
                    tokens.getFirst().word().matches("show|which|what|give|display|see|find|get|pull|present|are");
            return dimensions.isEmpty()
                    && shows
                    && !counts
                    && (metrics.equals(List.of("case_count")) || showsRecords(metrics));
        }

        /** "Which invoices are underbilled" and "show overdue invoices" ask for them; "show refunds" may ask for the sum. */
        private boolean showsRecords(List<String> metrics) {
            boolean which = tokens.getFirst().word().equals("which")
                    && spans.size() > 1
                    && spans.get(1).as(MetricNamed.class).isPresent();
            boolean records = spans.stream()
                    .filter(span -> span.as(MetricNamed.class).isPresent())
                    .flatMap(span -> tokens.subList(span.start(), span.start() + span.length()).stream())
                    .anyMatch(token -> token.word().matches("invoices|payments"));
            boolean asked = which || tokens.getFirst().word().matches("show|display|find|see|get|pull|present");
            return metrics.size() == 1 && model.metric(metrics.getFirst()).isBase() && (which || records) && asked;
        }

        private @Nullable Direction premise(Intent intent) {
            if (intent != Intent.WHY && intent != Intent.COMPARISON) {
                return null;
            }
            if (has(Cue.UP) && has(Cue.DOWN)) {
                return null;
            }
            return has(Cue.UP) ? Direction.UP : has(Cue.DOWN) ? Direction.DOWN : null;
        }

        // -- Numbers.

        private List<String> metrics() {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                Optional<MetricNamed> metric = span.as(MetricNamed.class);
                if (metric.isPresent() && !isDimensionWord(span) && !isValueOfCases(span)) {
                    noteMetric(metric.get().metric(), i, found);
                }
            }
            boolean counts = has(Cue.COUNT);
            boolean splitsCustomers = has(Cue.BY) && dimensionsNamed() > 1;
            if (found.isEmpty() && base == null && hasDimension("customer") && (counts || splitsCustomers)) {
                absorbDimension("customer");
                found.add("customers");
            }
            if (found.isEmpty() && base == null && spans.stream().anyMatch(Pass::isOnlyOfCases)) {
                found.add("case_count");
            }
            return found.stream().distinct().toList();
        }

        private long dimensionsNamed() {
            return spans.stream()
                    .flatMap(span -> span.all(DimensionNamed.class).stream())
                    .distinct()
                    .count();
        }

        /** A kind of case, or where only a case can stand. */
        private static boolean isOnlyOfCases(Span span) {
            return isKindOfCase(span)
                    || span.all(ValueNamed.class).stream()
                            .anyMatch(value -> value.dimension().equals("status")
                                    && value.value()
                                            .matches("approved|rejected|false_positive|accepted|resolved|suppressed"));
        }

        private static boolean isKindOfCase(Span span) {
            return span.all(ValueNamed.class).stream()
                    .anyMatch(value -> value.dimension().equals("anomaly_type"));
        }

        private boolean isDimensionWord(Span span) {
            return span.as(DimensionNamed.class).isPresent();
        }

        private boolean isValueOfCases(Span span) {
            boolean otherMetric = spans.stream()
                    .filter(other -> other.start() != span.start())
                    .anyMatch(other -> Binding.isAboutCases(List.of(other)));
            return aboutCases && isKindOfCase(span) && (otherMetric || base != null);
        }

        private void noteMetric(String name, int at, List<String> found) {
            String counted = counted(name, at);
            if (found.isEmpty() || found.contains(counted)) {
                found.add(counted);
                return;
            }
            boolean joined = joined(at);
            boolean noun = model.metric(counted)
                    .dataset()
                    .equals(model.metric(found.getLast()).dataset());
            if (joined) {
                found.add(counted);
            } else if (noun && isNoun(counted)) {
                absorbed.add(at);
            } else if (noun && isNoun(found.getLast())) {
                found.set(found.size() - 1, counted);
            } else {
                throw new Stop(
                        "I read two numbers, " + model.metric(found.getLast()).label() + " and "
                                + model.metric(counted).label()
                                + ", and cannot tell how they belong together. Maybe join them with “and”, or ask for one.");
            }
        }

        /** Whether the number is joined to the one before it: by "and", or by nothing but a word that says so. */
        private boolean joined(int at) {
            if (tokens.get(spans.get(at).start()).listed()) {
                return true;
            }
            for (int i = at - 1; i >= 0; i--) {
                Span span = spans.get(i);
                if (span.is(Cue.AND)
                        || span.is(Cue.VERSUS)
                        || tokens.get(span.start()).listed()) {
                    return true;
                }
                if (span.as(MetricNamed.class).isPresent() && !isDimensionWord(span)) {
                    return false;
                }
            }
            return false;
        }

        private static boolean isNoun(String metric) {
            return metric.equals("invoice_count")
                    || metric.equals("collected")
                    || metric.equals("active_subscriptions");
        }

        /** "How many refunds" asks for their number, not for their money. */
        private String counted(String name, int at) {
            boolean asksHowMany = false;
            for (int i = 0; i < at; i++) {
                asksHowMany |= spans.get(i).is(Cue.COUNT);
            }
            Metric metric = model.metric(name);
            if (!asksHowMany || metric.unit() == Metric.Unit.COUNT || metric.isRatio() || joined(at)) {
                return name;
            }
            String counted = metric.countedAs();
            if (counted == null) {
                throw new Stop("I cannot count " + metric.label() + "; it is an amount.");
            }
            return counted;
        }

        // -- Dimensions and values.

        private void absorbNouns() {
            for (int i = 0; i < spans.size(); i++) {
                Optional<DimensionNamed> dimension = spans.get(i).as(DimensionNamed.class);
                if (dimension.isPresent() && besideItsValue(i, dimension.get().dimension())) {
                    absorbed.add(i);
                }
            }
        }

        /** In "region EMEA" and "enterprise customers" the noun only says what the value is. */
        private boolean besideItsValue(int at, String dimension) {
            if (at > 0
                    && (is(at - 1, Cue.BY) || is(at - 1, Cue.WHICH) || is(at - 1, Cue.TOP) || is(at - 1, Cue.BOTTOM))
                    && !(at + 1 < spans.size() && isValueOf(at + 1, dimension))) {
                return false;
            }
            boolean own =
                    (at > 0 && isValueOf(at - 1, dimension)) || (at + 1 < spans.size() && isValueOf(at + 1, dimension));
            boolean ofCustomers = dimension.equals("customer")
                    && at > 0
                    && spans.get(at - 1).as(ValueNamed.class).isPresent()
                    && spans.subList(0, at).stream()
                            .noneMatch(span -> span.is(Cue.BY)
                                    || span.is(Cue.WHICH)
                                    || span.is(Cue.TOP)
                                    || span.is(Cue.BOTTOM)
                                    || span.is(Cue.LIST));
            return own || ofCustomers;
        }

        private boolean isValueOf(int at, String dimension) {
            return spans.get(at).all(ValueNamed.class).stream()
                    .anyMatch(value -> value.dimension().equals(dimension));
        }

        private List<String> dimensions(List<String> metrics) {
            Set<String> named = new LinkedHashSet<>();
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                if (!absorbed.contains(i)) {
                    span.as(DimensionNamed.class).ifPresent(dimension -> named.add(dimension.dimension()));
                }
            }
            if (has(Cue.BY) && named.isEmpty() && grain() == null && !has(Cue.TOP) && metrics.size() < 2) {
                requireByMeansNothing(metrics);
            }
            return List.copyOf(named);
        }

        /** "by" must lead to something. */
        private void requireByMeansNothing(List<String> metrics) {
            for (int i = 0; i < spans.size(); i++) {
                boolean leads = i + 1 < spans.size()
                        && (spans.get(i + 1).as(MetricNamed.class).isPresent()
                                || spans.get(i + 1).as(ValueNamed.class).isPresent()
                                || spans.get(i + 1).as(Time.class).isPresent());
                if (spans.get(i).is(Cue.BY) && !leads) {
                    throw new Stop("I cannot tell by what "
                            + model.metric(metrics.getFirst()).label() + " shall be split.");
                }
            }
        }

        private boolean hasDimension(String dimension) {
            return spans.stream()
                    .anyMatch(span -> span.as(DimensionNamed.class)
                            .filter(named -> named.dimension().equals(dimension))
                            .isPresent());
        }

        private void absorbDimension(String dimension) {
            for (int i = 0; i < spans.size(); i++) {
                if (spans.get(i)
                        .as(DimensionNamed.class)
                        .filter(named -> named.dimension().equals(dimension))
                        .isPresent()) {
                    absorbed.add(i);
                }
            }
        }

        private List<Filter> filters(List<String> metrics) {
            Map<String, Filter> filters = new LinkedHashMap<>();
            boolean excluding = false;
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                boolean value = span.as(ValueNamed.class).isPresent() && isValue(span, metrics);
                if (value) {
                    noteValue(span, i, metrics, excluding, filters);
                } else if (span.is(Cue.EXCEPT)) {
                    excluding = true;
                    requireValueAfter(i);
                } else if (!span.is(Cue.FILLER)
                        && !span.is(Cue.AND)
                        && !span.is(Cue.TOTAL)
                        && span.as(DimensionNamed.class).isEmpty()) {
                    excluding = false;
                }
            }
            return List.copyOf(filters.values());
        }

        private boolean isValue(Span span, List<String> metrics) {
            boolean metric = span.as(MetricNamed.class)
                    .filter(named -> metrics.contains(named.metric()))
                    .isPresent();
            return !metric || isValueOfCases(span);
        }

        private void requireValueAfter(int at) {
            for (int i = at + 1; i < spans.size(); i++) {
                if (spans.get(i).as(ValueNamed.class).isPresent()) {
                    return;
                }
                if (!spans.get(i).is(Cue.FILLER)
                        && spans.get(i).as(DimensionNamed.class).isEmpty()
                        && !spans.get(i).is(Cue.TOTAL)) {
                    break;
                }
            }
            throw new Stop("I cannot tell what “" + spans.get(at).text(tokens)
                    + "” leaves out: I can leave out values of a dimension, such as a region.");
        }

        private void noteValue(Span span, int at, List<String> metrics, boolean excluded, Map<String, Filter> filters) {
            Map<String, List<String>> byDimension = new LinkedHashMap<>();
            span.all(ValueNamed.class)
                    .forEach(value -> byDimension
                            .computeIfAbsent(value.dimension(), key -> new ArrayList<>())
                            .add(value.value()));
            List<String> fitting = byDimension.keySet().stream()
                    .filter(dimension ->
                            metrics.stream().allMatch(metric -> ground.splits(model.metric(metric), dimension)))
                    .toList();
            if (fitting.isEmpty()) {
                throw new Stop(
                        "I cannot narrow " + model.metric(metrics.getFirst()).label() + " to “" + span.text(tokens)
                                + "”, which is a value of " + labels(byDimension.keySet()) + ".");
            }
            String dimension = beside(at, fitting).orElse(fitting.getFirst());
            if (fitting.size() > 1 && beside(at, fitting).isEmpty()) {
                margin = Math.min(margin, 0.7);
                notes.add("“" + span.text(tokens) + "” is read as "
                        + model.dimension(dimension).label() + "; it is also a "
                        + labels(fitting.stream()
                                .filter(other -> !other.equals(dimension))
                                .toList()) + ".");
            }
            Filter filter = new Filter(
                    dimension,
                    List.copyOf(new LinkedHashSet<>(byDimension.getOrDefault(dimension, List.of()))),
                    excluded);
            filters.merge(
                    dimension + excluded,
                    filter,
                    (one, other) -> new Filter(
                            one.dimension(),
                            Stream.concat(one.values().stream(), other.values().stream())
                                    .distinct()
                                    .toList(),
                            one.excluded()));
        }

        private String labels(java.util.Collection<String> dimensions) {
            return dimensions.stream()
                    .map(each -> model.dimension(each).label())
                    .collect(Collectors.joining(", "));
        }

        private Optional<String> beside(int at, List<String> dimensions) {
            return Stream.of(at - 1, at + 1)
                    .filter(i -> i >= 0 && i < spans.size())
                    .flatMap(i -> spans.get(i).all(DimensionNamed.class).stream())
                    .map(DimensionNamed::dimension)
                    .filter(dimensions::contains)
                    .findFirst();
        }

        /** Two values of one dimension that are put against each other. */
        private List<String> versusDimensions(List<Filter> filters) {
            return filters.stream()
                    .filter(filter -> !filter.excluded() && filter.values().size() > 1)
                    .map(Filter::dimension)
                    .limit(1)
                    .toList();
        }

        private List<String> shareDimensions(List<String> dimensions, List<Filter> filters) {
            return dimensions.isEmpty()
                    ? filters.stream().map(Filter::dimension).limit(1).toList()
                    : dimensions;
        }

        // -- Time, order, limit.

        private record Periods(
                @Nullable Period period, @Nullable Period against, boolean said, boolean two) {}

        private Periods periods() {
            List<Time> times = spans.stream()
                    .flatMap(span -> span.all(Time.class).stream())
                    .toList();
            boolean compares = has(Cue.VERSUS) || has(Cue.CHANGE) || has(Cue.WHY) || has(Cue.UP) || has(Cue.DOWN);
            if (times.isEmpty()) {
                Period yearAgo = has(Cue.A_YEAR_AGO)
                        ? Period.of(Grain.MONTH, ground.clock()).yearBefore()
                        : null;
                return new Periods(null, yearAgo, false, false);
            }
            Time first = times.getFirst();
            if (times.size() > 2 || (times.size() == 2 && !compares)) {
                throw new Stop(
                        "I read more than one period and cannot tell which one is meant. Maybe put “versus” or “between … and …”.");
            }
            if (times.size() == 2) {
                return twoPeriods(first.period(), times.getLast().period());
            }
            if (compares && first.start() != null && first.end() != null) {
                return new Periods(first.end(), first.start(), true, true);
            }
            return onePeriod(first.period());
        }

        private Periods onePeriod(@Nullable Period period) {
            if (period != null
                    && has(Cue.VERSUS)
                    && !has(Cue.THE_ONE_BEFORE)
                    && !has(Cue.A_YEAR_AGO)
                    && periodAfterVersus()) {
                return new Periods(Period.of(period.unit(), ground.clock()), period, true, true);
            }
            Period yearAgo = has(Cue.A_YEAR_AGO) && period != null ? period.yearBefore() : null;
            return new Periods(period, yearAgo, true, false);
        }

        /** In "revenue versus last month" only what it is put against is said. */
        private boolean periodAfterVersus() {
            int versus = position(span -> span.is(Cue.VERSUS));
            int time = position(span -> span.as(Time.class).isPresent());
            int metric = position(span -> span.as(MetricNamed.class).isPresent());
            return metric < versus && versus < time;
        }

        private int position(java.util.function.Predicate<Span> wanted) {
            for (int i = 0; i < spans.size(); i++) {
                if (wanted.test(spans.get(i))) {
                    return i;
                }
            }
            return -1;
        }

        private Periods twoPeriods(@Nullable Period one, @Nullable Period other) {
            if (one == null || other == null || one.equals(other)) {
                throw new Stop("I cannot compare all of the books with a part of them.");
            }
            boolean inOrder = one.from().isBefore(other.from());
            return inOrder ? new Periods(other, one, true, true) : new Periods(one, other, true, true);
        }

        private @Nullable Grain grain() {
            return spans.stream()
                    .flatMap(span -> span.all(Every.class).stream())
                    .map(Every::grain)
                    .findFirst()
                    .orElse(null);
        }

        private Grain defaultGrain(@Nullable Period period) {
            boolean isShort = period != null
                    && period.until().toEpochDay() - period.from().toEpochDay() <= 45;
            return isShort ? Grain.DAY : Grain.MONTH;
        }

        private @Nullable Integer count(Intent intent) {
            List<Integer> counts = spans.stream()
                    .flatMap(span -> span.all(Count.class).stream())
                    .map(Count::number)
                    .toList();
            if (counts.isEmpty()) {
                return null;
            }
            boolean limits = counts.size() == 1 && (intent == Intent.TOP || intent == Intent.LIST);
            if (!limits) {
                throw new Stop("I cannot tell what the number " + counts.getFirst()
                        + " is for; I cannot yet choose by amounts.");
            }
            return counts.getFirst();
        }

        // -- Words.

        private boolean has(Cue cue) {
            return spans.stream().anyMatch(span -> span.is(cue));
        }

        private boolean is(int at, Cue cue) {
            return spans.get(at).is(cue);
        }

        private Reading unknown(List<Span> unknown) {
            List<String> words =
                    unknown.stream().map(span -> span.text(tokens)).distinct().toList();
            Set<String> like = new LinkedHashSet<>();
            for (Span span : unknown) {
                String word = tokens.get(span.start()).word();
                like.addAll(lexicon.like(word));
                like.addAll(terms.like(word));
            }
            String named = words.stream().limit(5).map(word -> "“" + word + "”").collect(Collectors.joining(", "));
            return new NotUnderstood(
                    "I do not know what " + named + " means here, and will not guess.",
                    like.stream().limit(4).toList());
        }

        private Reading no(String reason) {
            return new NotUnderstood(reason, List.of());
        }
    }

    /** Ends a reading; the message is a sentence for the asker. */
    private static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stop(String reason) {
            super(reason, null, false, false);
        }
    }
}
