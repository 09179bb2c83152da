package io.opsiq.analyst;

import io.opsiq.engine.Grid;
import io.opsiq.reasoning.Answers.Wording;
import io.opsiq.reasoning.Decision;
import io.opsiq.reasoning.Deliberation;
import io.opsiq.reasoning.Facts;
import io.opsiq.reasoning.Questions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts an answer into a language model's words, where there is one. It sees the question and the first rows of the result, names
 * as stand-ins; numbers and names that are not there do not pass. The statement, its rows and the chart stay as they are.
 */
final class ModelWording {

    private static final int ROWS = 20;
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T00:00(:00)?)?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern NO_MONEY = Pattern.compile(".*(share|count|rank|percent|number|rate).*");

    private final Deliberation deliberation;

    ModelWording(Deliberation deliberation) {
        this.deliberation = deliberation;
    }

    /** The same answer, told better; a declined one stays as it is. */
    Draft of(Draft draft) {
        QueryPlan plan = draft.plan();
        if (plan == null || draft.sql().isEmpty()) {
            return draft;
        }
        Decision<Wording> decision = deliberation.decide(
                Questions.wording(facts(draft, plan), draft.followUps()),
                () -> new Wording(draft.text(), draft.followUps()));
        if (!decision.byModel()) {
            return draft;
        }
        Wording said = decision.answer();
        return draft.worded(said.text(), said.followUps().isEmpty() ? draft.followUps() : said.followUps());
    }

    private static Facts facts(Draft draft, QueryPlan plan) {
        Facts.Builder facts = Facts.builder()
                .typed("question", draft.question())
                .code("intent", plan.intent())
                .ids("metrics", plan.metrics())
                .number("rows_in_all", draft.grid().rows().size());
        boolean money = SemanticModel.shipped().metric(plan.metric()).unit() == Metric.Unit.MONEY;
        List<List<@Nullable Object>> rows = draft.grid().rows();
        for (List<@Nullable Object> row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            facts.row("rows", fact -> put(fact, draft.grid(), row, money));
        }
        return facts.build();
    }

    private static void put(Facts.Builder facts, Grid grid, List<@Nullable Object> row, boolean money) {
        int at = grid.column("currency");
        String currency = at >= 0
                        && row.get(at) instanceof String code
                        && CURRENCY.matcher(code).matches()
                ? code
                : "";
        IntStream.range(0, row.size())
                .filter(column -> FIELD.matcher(grid.columns().get(column)).matches())
                .forEach(column -> put(facts, grid.columns().get(column), row.get(column), money ? currency : ""));
    }

    private static void put(Facts.Builder facts, String field, @Nullable Object value, String currency) {
        switch (value) {
            case null -> facts.flag(field + "_is_known", false);
            case Number number -> {
                BigDecimal exact = new BigDecimal(number.toString());
                if (currency.isEmpty() || NO_MONEY.matcher(field).matches()) {
                    facts.number(field, exact);
                } else {
                    facts.amount(field, exact, currency);
                }
            }
            case Boolean truth -> facts.flag(field, truth);
            default -> {
                String text = value.toString();
                if (DAY.matcher(text).matches()) {
                    facts.date(field, LocalDate.parse(text.substring(0, 10)));
                } else {
                    facts.label(field, text);
                }
            }
        }
    }
}
