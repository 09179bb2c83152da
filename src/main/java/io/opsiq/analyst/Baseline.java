package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.engine.Queries;
import java.util.List;

/**
 * Settles which periods are compared. Without a period it is the clock's month. What it is compared with is, unless named, the
 * period before: as many of its first days as have passed of one that is not over, or all of it where nothing happened on
 * those days.
 */
final class Baseline {

    private static final int DAYS_OF_A_WHOLE_YEAR = 360;

    private final Ground ground;
    private final Queries books;

    Baseline(Ground ground, Queries books) {
        this.ground = ground;
        this.books = books;
    }

    QueryPlan settled(QueryPlan plan) {
        if (plan.intent() != Intent.WHY && plan.intent() != Intent.COMPARISON) {
            return plan.intent() == Intent.BREAKDOWN && plan.limit() == null
                    ? plan.withLimit(PlanCheck.MOST_RANKED)
                    : plan;
        }
        Period now = plan.period() == null ? Period.of(Grain.MONTH, ground.clock()) : plan.period();
        QueryPlan timed = plan.withPeriods(now, plan.against());
        Period against = plan.against();
        return timed.withPeriods(now, against == null ? before(timed, now) : likeForLike(now, against));
    }

    /** Part of a year is held against the same part of the year before, not against all of it. */
    private Period likeForLike(Period now, Period against) {
        Period so = now.until(ground.clock());
        boolean part = so.until().toEpochDay() - so.from().toEpochDay() < DAYS_OF_A_WHOLE_YEAR;
        boolean yearBefore = against.unit() == Grain.YEAR
                && against.from().getYear() == against.until().getYear()
                && against.from().getYear() == now.from().getYear() - 1;
        return part && yearBefore ? so.yearBefore() : against;
    }

    private Period before(QueryPlan plan, Period now) {
        Period whole = now.before();
        if (!now.goesOnAfter(ground.clock())) {
            return whole;
        }
        Period firstDays = whole.firstDaysLike(now, ground.clock());
        return happened(plan, firstDays) ? firstDays : whole;
    }

    private boolean happened(QueryPlan plan, Period period) {
        List<Metric> parts = List.copyOf(
                ground.model().parts(ground.model().metric(plan.metric())).values());
        FactsSql facts = new FactsSql(ground, plan, parts, List.of(), List.of(period), new MoneyMode.None());
        String sql = new Statement().with(facts.queries()).select("select count(*) from facts");
        return books.list(sql, row -> row.getLong(1)).getFirst() > 0;
    }
}
