package io.opsiq.cases;

import io.opsiq.books.Money;
import io.opsiq.cases.ImpactSummary.Impact;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads what runs made of the cases: sums, tallies, and what a later run saw otherwise than an earlier one. */
final class RunCases {

    private static final String IS_CHANGED =
            "(a.confidence_score <> b.confidence_score or a.estimated_impact <> b.estimated_impact)";

    /** Of many changes the first are near the top of the ranks; few are found sooner where they are, and then sorted. */
    private static final int FEW_CHANGES = 1_000;

    private static final String DOWN_THE_RANKS = """
            cases as c indexed by cases_for_queue
                cross join run_cases as b on b.case_id = c.case_id
                cross join run_cases as a on a.case_id = c.case_id""";
    private static final String CHANGED_FIRST = """
            run_cases as b
                cross join run_cases as a on a.case_id = b.case_id
                cross join cases as c on c.case_id = b.case_id""";

    /** The cases that both runs saw, each with another score or estimate, the most money first. */
    CaseChanges changes(DSLContext context, String earlierRun, String laterRun, int most) {
        long count = countChanges(context, earlierRun, laterRun);
        String from = count > FEW_CHANGES ? DOWN_THE_RANKS : CHANGED_FIRST;
        List<CaseChange> first = context.resultQuery("""
                        select
                            c.case_id, c.title, c.anomaly_type, c.currency,
                            b.confidence_score as score_before, b.estimated_impact as estimate_before,
                            a.confidence_score as score_after, a.estimated_impact as estimate_after
                        from %s
                        where b.run_id = ? and a.run_id = ? and %s
                        order by c.rank desc, c.case_id
                        limit ?
                        """.formatted(from, IS_CHANGED), earlierRun, laterRun, most)
                .fetch(row -> new CaseChange(
                        text(row, "case_id"),
                        text(row, "title"),
                        text(row, "anomaly_type"),
                        text(row, "currency"),
                        view(row, "before"),
                        view(row, "after")));
        return new CaseChanges(first, count);
    }

    /** How many there are of {@link #changes}. */
    long countChanges(DSLContext context, String earlierRun, String laterRun) {
        return count(context, """
                select count(*)
                from run_cases as b
                join run_cases as a on a.case_id = b.case_id
                where b.run_id = ? and a.run_id = ? and %s
                """.formatted(IS_CHANGED), earlierRun, laterRun);
    }

    private static CaseChange.View view(Record row, String when) {
        BigDecimal score = new BigDecimal(text(row, "score_" + when));
        return new CaseChange.View(Confidence.of(score), score, amount(row, "estimate_" + when, text(row, "currency")));
    }

    /** The cases of the run by band of confidence, the highest first. */
    List<CaseTally> tally(DSLContext context, String runId) {
        return context.resultQuery("""
                        select
                            case
                                when cast(confidence_score as real) >= ? then 'HIGH'
                                when cast(confidence_score as real) >= ? then 'MEDIUM'
                                else 'LOW'
                            end as band,
                            count(*) as cases,
                            sum((recommended_action <> '') + (evidence_count >= 2)) as actionable,
                            sum((estimated_impact > 0) + (evidence_count >= 3)) as specific,
                            sum(status = 'approved') as approved,
                            sum(status = 'rejected') as rejected,
                            sum(status = 'false_positive') as false_positive,
                            sum(case when status in ('approved', 'false_positive')
                                then cast(round(cast(confidence_score as real) * 10000) as integer) else 0 end) as reviewed_score
                        from cases
                        where run_id = ? and status <> 'suppressed'
                        group by band
                        order by min(confidence_score) desc
                        """, Confidence.HIGH.from(), Confidence.MEDIUM.from(), runId)
                .fetch(row -> new CaseTally(
                        Confidence.valueOf(text(row, "band")),
                        number(row, "cases"),
                        number(row, "actionable"),
                        number(row, "specific"),
                        number(row, "approved"),
                        number(row, "rejected"),
                        number(row, "false_positive"),
                        BigDecimal.valueOf(number(row, "reviewed_score"), 4)));
    }

    ImpactSummary summary(DSLContext context, String runId, @Nullable String baseCurrency) {
        long count = count(context, "select count(*) from cases where run_id = ? and status <> 'suppressed'", runId);
        var rows = context.resultQuery("""
                        select
                            currency,
                            coalesce(sum(gross_impact) filter (where money_kind <> 'owed_to_customer'), 0) as lost,
                            coalesce(sum(gross_impact) filter (where money_kind = 'owed_to_customer'), 0) as owed,
                            coalesce(sum(case when money_kind = 'owed_to_customer' then -base_impact else base_impact end), 0) as net,
                            count(*) - count(base_impact) as without_rate
                        from cases
                        where run_id = ? and status in ('open', 'approved') and in_totals = 1
                        group by currency
                        order by currency
                        """, runId).fetch();
        Map<String, Impact> byCurrency = new LinkedHashMap<>();
        BigDecimal net = BigDecimal.ZERO;
        boolean convertible = baseCurrency != null;
        for (Record row : rows) {
            String currency = text(row, "currency");
            byCurrency.put(currency, new Impact(amount(row, "lost", currency), amount(row, "owed", currency)));
            net = net.add(BigDecimal.valueOf(number(row, "net"), 4));
            convertible &= number(row, "without_rate") == 0;
        }
        return new ImpactSummary(
                count,
                byCurrency,
                convertible && baseCurrency != null ? Money.rounded(net, baseCurrency) : null,
                baseCurrency);
    }

    private static long count(DSLContext context, String sql, Object... values) {
        return context.resultQuery(sql, values).fetchSingle(row -> row.get(0, Long.class));
    }

    private static String text(Record row, String column) {
        return row.get(column, String.class);
    }

    private static long number(Record row, String column) {
        return row.get(column, Long.class);
    }

    private static BigDecimal amount(Record row, String column, String currency) {
        return amount(number(row, column), currency);
    }

    private static BigDecimal amount(long units, String currency) {
        return Money.rounded(BigDecimal.valueOf(units, 4), currency);
    }
}
