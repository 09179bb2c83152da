package io.opsiq.problems;

import io.opsiq.books.Money;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.ImpactSummary.Impact;
import io.opsiq.detectors.CommonCause;
import io.opsiq.json.Json;
import io.opsiq.problems.SystemicProblem.Cause;
import io.opsiq.problems.SystemicProblem.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code problems}. */
final class ProblemRepository {

    private static final String COUNTED = "status not in ('suppressed', 'resolved')";
    private static final String AMONG = "problem_id in (select value from json_each(?)) and " + COUNTED;
    private static final Field<String> PROBLEM_ID = DSL.field(DSL.name("problem_id"), String.class);
    private static final Field<String> CASE_ID = DSL.field(DSL.name("case_id"), String.class);
    private static final int AMOUNT_DIGITS = 4;

    /** What is kept of a cause. */
    private record KeptCause(String kind, Map<String, String> shared) {}

    void merge(
            DSLContext context,
            String runId,
            CommonCause cause,
            String typeName,
            @Nullable String baseCurrency,
            Instant now) {
        context.execute(
                """
                insert into problems (
                    problem_id, anomaly_type, type_name, run_id, cause, base_currency, share, expected_share, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (problem_id) do update set
                    run_id = excluded.run_id,
                    base_currency = excluded.base_currency,
                    share = excluded.share,
                    expected_share = excluded.expected_share,
                    updated_at = excluded.updated_at
                """,
                cause.id(),
                cause.anomalyType(),
                typeName,
                runId,
                Json.text(new KeptCause(cause.name(), cause.shared())),
                baseCurrency,
                cause.share().toPlainString(),
                cause.expectedShare().toPlainString(),
                now.toString(),
                now.toString());
    }

    /** A page of those that have cases, the most expected money first; below zero rows: all. */
    List<String> ids(DSLContext context, int offset, int rows) {
        return context.resultQuery("""
                        select problem_id
                        from cases
                        where problem_id is not null and %s
                        group by problem_id
                        order by sum(rank) desc, problem_id
                        limit ? offset ?
                        """.formatted(COUNTED), rows, offset).fetch(0, String.class);
    }

    /** How many have cases; the index alone tells. */
    long count(DSLContext context) {
        return context.resultQuery(
                        "select count(distinct problem_id) from cases where problem_id is not null and " + COUNTED)
                .fetchSingle()
                .get(0, Long.class);
    }

    /** These, in this order, with as many queries for many as for one; those without cases are left out. */
    List<SystemicProblem> find(DSLContext context, List<String> problemIds) {
        String ids = Json.text(problemIds);
        Map<String, Result<Record>> sums =
                context.resultQuery("""
                        select
                            problem_id,
                            currency,
                            count(*) as cases,
                            sum(status = 'open') as open,
                            min(status) as least_status,
                            max(status) as most_status,
                            coalesce(sum(gross_impact) filter (where money_kind <> 'owed_to_customer'), 0) as lost,
                            coalesce(sum(gross_impact) filter (where money_kind = 'owed_to_customer'), 0) as owed,
                            sum(gross_impact) as gross,
                            coalesce(sum(base_impact), 0) as base,
                            count(*) - count(base_impact) as without_rate
                        from cases
                        where %s
                        group by problem_id, currency
                        order by currency
                        """.formatted(AMONG), ids).fetch().intoGroups(PROBLEM_ID);
        Map<String, List<String>> caseIds = context.resultQuery(
                        "select problem_id, case_id from cases where %s order by rank desc, case_id".formatted(AMONG),
                        ids)
                .fetchGroups(PROBLEM_ID, CASE_ID);
        Map<String, Record> rows = context.resultQuery(
                        "select * from problems where problem_id in (select value from json_each(?))", ids)
                .fetchMap(PROBLEM_ID);
        return problemIds.stream()
                .filter(id -> rows.containsKey(id) && sums.containsKey(id))
                .map(id -> problem(
                        Objects.requireNonNull(rows.get(id)),
                        Objects.requireNonNull(sums.get(id)),
                        Objects.requireNonNull(caseIds.get(id))))
                .toList();
    }

    /** The cases that a verdict on the problem answers. */
    List<String> answerable(DSLContext context, String problemId) {
        return context.resultQuery("""
                        select case_id
                        from cases as c
                        where problem_id = ? and %s
                            and (status = 'open' or exists (
                                select 1 from feedback as f
                                where f.target_type = 'case' and f.target_id = c.case_id and f.in_force = 1
                                    and f.problem_id = c.problem_id))
                        order by rank desc, case_id
                        """.formatted(COUNTED), problemId).fetch(0, String.class);
    }

    private static SystemicProblem problem(Record row, Result<Record> sums, List<String> caseIds) {
        KeptCause kept = Json.read(text(row, "cause"), KeptCause.class);
        BigDecimal share = new BigDecimal(text(row, "share"));
        BigDecimal expected = new BigDecimal(text(row, "expected_share"));
        long open = sums.stream().mapToLong(sum -> number(sum, "open")).sum();
        String values = String.join(", ", kept.shared().values());
        Sum total = total(sums, row.get("base_currency", String.class));
        return new SystemicProblem(
                text(row, "problem_id"),
                "%s: %,d cases with one %s, %s".formatted(text(row, "type_name"), caseIds.size(), kept.kind(), values),
                new Cause(kept.kind(), kept.shared(), share, expected, explanation(kept, share, expected)),
                text(row, "anomaly_type"),
                caseIds,
                caseIds.size(),
                open,
                total.amount(),
                total.currency(),
                byCurrency(sums),
                open > 0 ? Status.OPEN : judged(sums),
                text(row, "run_id"));
    }

    private static String explanation(KeptCause kept, BigDecimal share, BigDecimal expected) {
        return "%s %s explains %s %% of the cases of its type; by chance it would have had %s %%."
                .formatted(
                        capital(kept.kind()),
                        String.join(", ", kept.shared().values()),
                        percent(share),
                        percent(expected));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }

    private static Status judged(Result<Record> sums) {
        List<String> statuses = sums.stream()
                .flatMap(sum -> List.of(text(sum, "least_status"), text(sum, "most_status")).stream())
                .distinct()
                .toList();
        return statuses.size() > 1
                ? Status.MIXED
                : switch (CaseStatus.of(statuses.getFirst()).orElseThrow()) {
                    case APPROVED -> Status.APPROVED;
                    case REJECTED -> Status.REJECTED;
                    case FALSE_POSITIVE -> Status.FALSE_POSITIVE;
                    case ACCEPTED -> Status.ACCEPTED;
                    case OPEN, RESOLVED, SUPPRESSED -> Status.OPEN;
                };
    }

    private static Map<String, Impact> byCurrency(Result<Record> sums) {
        Map<String, Impact> byCurrency = new LinkedHashMap<>();
        sums.forEach(sum -> byCurrency.put(
                text(sum, "currency"),
                new Impact(amount(sum, "lost", text(sum, "currency")), amount(sum, "owed", text(sum, "currency")))));
        return byCurrency;
    }

    /** A sum and its currency, or neither. */
    private record Sum(
            @Nullable BigDecimal amount, @Nullable String currency) {}

    private static Sum total(Result<Record> sums, @Nullable String baseCurrency) {
        if (sums.size() == 1) {
            String only = text(sums.getFirst(), "currency");
            return new Sum(amount(sums.getFirst(), "gross", only), only);
        }
        boolean convertible = sums.stream().allMatch(sum -> number(sum, "without_rate") == 0);
        if (!convertible || baseCurrency == null) {
            return new Sum(null, null);
        }
        long units = sums.stream().mapToLong(sum -> number(sum, "base")).sum();
        return new Sum(Money.rounded(BigDecimal.valueOf(units, AMOUNT_DIGITS), baseCurrency), baseCurrency);
    }

    private static BigDecimal amount(Record row, String column, String currency) {
        return Money.rounded(BigDecimal.valueOf(number(row, column), AMOUNT_DIGITS), currency);
    }

    private static String text(Record row, String column) {
        return row.get(column, String.class);
    }

    private static long number(Record row, String column) {
        return row.get(column, Long.class);
    }
}
