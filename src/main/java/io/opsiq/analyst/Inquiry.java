package io.opsiq.analyst;

import io.opsiq.analyst.Answer.Confidence;
import io.opsiq.analyst.Meaning.ValueNamed;
import io.opsiq.analyst.Reading.NotUnderstood;
import io.opsiq.analyst.Reading.Understood;
import io.opsiq.analyst.Told.Style;
import io.opsiq.analyst.WhySql.Touching;
import io.opsiq.cases.Cases;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Grid;
import io.opsiq.engine.Sandbox;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One question on one snapshot: read, planned, checked, run, told, held against its result. */
final class Inquiry {

    private static final double SURE = 0.85;

    private final Ground ground;
    private final Sandbox books;
    private final Cases cases;
    private final boolean withCases;
    private final Lexicon lexicon;
    private final Terms terms;

    Inquiry(Ground ground, Sandbox books, Cases cases, boolean withCases) {
        this.ground = ground;
        this.books = books;
        this.cases = cases;
        this.withCases = withCases;
        this.lexicon = ground.lexicon();
        this.terms = new Terms(books, ground);
    }

    Draft of(Question question, @Nullable QueryPlan base) {
        return switch (new Grammar(lexicon, ground, terms).read(question.text(), base)) {
            case NotUnderstood(String reason, List<String> like) -> declined(question, reason, like);
            case Understood understood -> of(question, understood);
        };
    }

    /** The way in for a plan, whoever wrote it. */
    private Draft of(Question question, Understood understood) {
        QueryPlan plan = understood.plan();
        Optional<String> refusal = new PlanCheck(ground).refusal(plan);
        if (refusal.isPresent()) {
            return declined(question, refusal.get(), List.of());
        }
        if (needsCases(plan) && !withCases) {
            return Draft.withoutCases(question.text());
        }
        try {
            QueryPlan settled = new Baseline(ground, books).settled(plan);
            refusal = new PlanCheck(ground).refusal(settled);
            return refusal.isPresent()
                    ? declined(question, refusal.get(), List.of())
                    : answered(question, understood, settled);
        } catch (EngineException e) {
            return declined(question, "I could not compute it: " + e.getMessage(), List.of());
        }
    }

    private boolean needsCases(QueryPlan plan) {
        return ground.model().parts(plan).stream().anyMatch(Metric::isOfCases);
    }

    private Draft answered(Question question, Understood understood, QueryPlan plan) {
        String sql = new Compiler(ground, plan).sql();
        Grid grid = plain(books.ask(sql));
        List<Touching> touching = touching(plan, grid);
        if (!touching.isEmpty()) {
            sql = new WhySql(ground, plan, ground.money(plan)).sql(touching);
            grid = plain(books.ask(sql));
        }
        Computed computed = new Computed(ground, plan, ground.money(plan), new Result(grid));
        List<String> gaps = new Completeness(ground, books).gaps(plan);
        return new Draft(
                question.text(),
                text(question, computed, Stream.concat(understood.notes().stream(), gaps.stream())),
                sql,
                grid,
                new Charts(computed).chart().orElse(null),
                confidence(understood, gaps, grid),
                followUps().after(plan),
                understood.plan(),
                false,
                false);
    }

    private List<Touching> touching(QueryPlan plan, Grid why) {
        return plan.intent() == Intent.WHY && ground.investigated()
                ? new TouchingCases(ground, cases, books).of(ground.model().metric(plan.metric()), new Result(why))
                : List.of();
    }

    private String text(Question question, Computed computed, Stream<String> reservations) {
        Told told = new Narration(computed).told().with(reservations.toList());
        String text = told.text(question.concise() ? Style.CONCISE : Style.DETAILED);
        return grounded(text, computed, question, told.rest());
    }

    private static Confidence confidence(Understood understood, List<String> gaps, Grid grid) {
        double completeness = gaps.isEmpty() && !grid.capped() ? 1 : 0.8;
        return understood.margin() * completeness >= SURE ? Confidence.HIGH : Confidence.MEDIUM;
    }

    /** Text that says more than its result does not leave; the table remains. */
    private String grounded(String text, Computed computed, Question question, List<String> rest) {
        Grounding grounding = new Grounding(computed.result().grid(), said(question, computed, rest));
        return grounding.violation(text, namesIn(text)).isEmpty() ? text : UNTOLD;
    }

    static final String UNTOLD = "The answer is in the table.";

    /** What the plan says of itself, and what is known of the books beforehand. */
    private List<String> said(Question question, Computed computed, List<String> rest) {
        QueryPlan plan = computed.plan();
        Phrasing phrasing = computed.phrasing();
        List<String> said = new ArrayList<>(List.of(question.text(), phrasing.when(), phrasing.by()));
        computed.metrics().forEach(metric -> {
            said.add(metric.label() + " " + metric.description() + " " + metric.nouns());
            said.add(phrasing.subject(metric));
        });
        said.addAll(phrasing.reservations());
        said.addAll(phrasing.currencies(computed.money(), 2));
        for (Period period : new @Nullable Period[] {plan.period(), plan.against()}) {
            if (period != null) {
                said.addAll(List.of(period.label(), phrasing.in(period), period.days()));
            }
        }
        said.addAll(phrasing.likeForLike());
        said.addAll(rest.stream().filter(Completeness::isSaidOfBooks).toList());
        return said;
    }

    /** Names that the books know, in a text; words that have a meaning of their own are none. */
    private Collection<String> namesIn(String text) {
        return terms.in(Words.of(text)).entrySet().stream()
                .filter(entry -> lexicon.meanings(Words.stems(entry.getKey())).isEmpty())
                .map(entry -> entry.getValue().getFirst())
                .map(ValueNamed::value)
                .toList();
    }

    private Draft declined(Question question, String reason, List<String> like) {
        List<String> instead = followUps().anything();
        StringBuilder text = new StringBuilder(reason);
        if (!like.isEmpty()) {
            text.append(" Did you mean ").append(quoted(like, " or ")).append("?");
        }
        if (!instead.isEmpty()) {
            text.append(" I can answer, for instance: ")
                    .append(quoted(instead, ", "))
                    .append(".");
        }
        return Draft.declined(question.text(), text.toString(), instead);
    }

    private static String quoted(List<String> texts, String between) {
        return texts.stream().map(each -> "“" + each + "”").collect(Collectors.joining(between));
    }

    private FollowUps followUps() {
        return new FollowUps(
                ground,
                question -> new Grammar(lexicon, ground, Terms.none(ground)).read(question, null)
                                instanceof Understood(QueryPlan plan, double _, List<String> _)
                        && new PlanCheck(ground).refusal(plan).isEmpty());
    }

    /** Values as the document has them: dates as ISO-8601, numbers without exponents. */
    private static Grid plain(Grid grid) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : grid.rows()) {
            List<@Nullable Object> plain = new ArrayList<>();
            row.forEach(value -> plain.add(plain(value)));
            rows.add(plain);
        }
        return new Grid(grid.columns(), rows, grid.capped());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double number -> new BigDecimal(Objects.toString(number));
            case LocalDate day -> day.toString();
            case LocalDateTime moment -> moment.toString();
            case Number number -> number;
            case Boolean truth -> truth;
            default -> value.toString();
        };
    }
}
