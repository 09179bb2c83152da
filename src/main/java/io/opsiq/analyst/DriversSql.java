package io.opsiq.analyst;

/**
 * What each segment contributes to the change, and which few segments of which cut make up most of it. Named queries over
 * {@code cells} and {@code total}.
 */
record DriversSql(TwoPeriodsSql both) {

    /** Adds the queries; {@code chosen} is the cut, {@code drivers} are its segments, {@code ranked} all of all cuts. */
    Statement on(Statement statement) {
        return statement
                .with("segments", both.metric().isRatio() ? ratioSegments() : additiveSegments())
                .with("ranked", RANKED)
                .with("cuts", CUTS)
                .with("chosen", CHOSEN)
                .with("drivers", DRIVERS);
    }

    private String additiveSegments() {
        return """
                select cells.cut, cells.segment,
                    %1$s as value_now,
                    %2$s as value_before,
                    %1$s - %2$s as change,
                    %3$s - %4$s as total_change
                from cells cross join total
                where cells.cut <> ''""".formatted(
                        both.sum("cells", "now"),
                        both.sum("cells", "before"),
                        both.sum("total", "now"),
                        both.sum("total", "before"));
    }

    /** Rate and mix; a segment that has nothing below the line on one side is all mix. */
    private String ratioSegments() {
        return """
                select
                    *,
                    case when under_before > 0 and under_now > 0
                        then round((share_before + share_now) / 2 * (over_now / under_now - over_before / under_before), %3$d)
                        else 0 end as rate_effect,
                    change - rate_effect as mix_effect
                from (
                    select cells.cut, cells.segment,
                        cast(cells.%1$s_now as double) as over_now, cast(cells.%1$s_before as double) as over_before,
                        cast(cells.%2$s_now as double) as under_now, cast(cells.%2$s_before as double) as under_before,
                        under_now / nullif(cast(total.%2$s_now as double), 0) as share_now,
                        under_before / nullif(cast(total.%2$s_before as double), 0) as share_before,
                        cast(total.%1$s_now as double) / nullif(total.%2$s_now, 0) as ratio_now,
                        cast(total.%1$s_before as double) / nullif(total.%2$s_before, 0) as ratio_before,
                        round(over_now / nullif(under_now, 0), %3$d) as value_now,
                        round(over_before / nullif(under_before, 0), %3$d) as value_before,
                        round(over_now / total.%2$s_now - over_before / total.%2$s_before
                            - (share_now - share_before) * (ratio_now + ratio_before) / 2, %3$d) as change,
                        round(ratio_now, %3$d) - round(ratio_before, %3$d) as total_change
                    from cells cross join total
                    where cells.cut <> '' and total.%2$s_now > 0 and total.%2$s_before > 0
                )""".formatted(both.first().name(), both.second().name(), both.digits());
    }

    private static final String RANKED = """
            select
                *,
                row_number() over (partition by cut order by change * sign(total_change) desc, segment) as place,
                sum(change) over (
                    partition by cut order by change * sign(total_change) desc, segment rows unbounded preceding
                ) as covered,
                count(*) over (partition by cut) as width
            from segments""";

    /**
     * How many segments of each cut cover 80 % of the change. A cut into one segment is none; a set of more than ten explains
     * nothing to a reader.
     */
    private static final String CUTS = """
            select
                cut,
                least(coalesce(min(place) filter (where abs(covered) >= 0.8 * abs(total_change) and covered * total_change > 0),
                    max(width)), 10) as needed,
                contains(cut, ' and ') as crossed
            from ranked
            where total_change <> 0
            group by cut
            having max(width) > 1""";

    private static final String CHOSEN = """
            select cuts.cut, cuts.needed
            from cuts join ranked on ranked.cut = cuts.cut and ranked.place = 1
            order by cuts.needed, cuts.crossed, abs(ranked.change) desc, cuts.cut
            limit 1""";

    private static final String DRIVERS = """
            select ranked.*
            from ranked join chosen on ranked.cut = chosen.cut
            where ranked.place <= chosen.needed""";
}
