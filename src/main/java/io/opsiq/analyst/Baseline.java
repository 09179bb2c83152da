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
        return plan.against() == null ? timed.withPeriods(now, before(timed, now)) : timed;
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
