package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.QueryPlan.Filter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a plan is put in words: what, of which, when. Everything here is said by the plan, nothing by a result. */
final class Phrasing {

    private static final int LONGEST_NAME = 80;

    private final Ground ground;
    private final QueryPlan plan;
    private final SemanticModel model;

    Phrasing(Ground ground, QueryPlan plan) {
        this.ground = ground;
        this.plan = plan;
        this.model = ground.model();
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** A name from the books on one line, not too long. */
    static String name(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** Such as "refunds of region EMEA". */
    String subject(Metric metric) {
        return label(metric) + narrowed();
    }

    String label(Metric metric) {
        boolean open = metric.kind() == Metric.Kind.COUNT
                && metric.defaults().containsKey("status")
                && Ground.defaultHolds(plan, "status");
        return open ? metric.label().replace("of cases", "of open cases") : metric.label();
    }

    String nouns(Metric metric, boolean one) {
        boolean open = metric.defaults().containsKey("status") && Ground.defaultHolds(plan, "status");
        return (open ? "open " : "") + (one ? metric.noun() : metric.nouns());
    }

    /** Such as " of region EMEA"; empty where the plan has no filters. */
    String narrowed() {
        List<String> parts = new ArrayList<>();
        for (Filter filter : plan.filters()) {
            if (plan.intent() == Intent.SHARE && plan.dimensions().contains(filter.dimension())) {
                continue;
            }
            String values = filter.values().stream().map(Phrasing::name).collect(Collectors.joining(" or "));
            parts.add((filter.excluded() ? " without " : " of ")
                    + model.dimension(filter.dimension()).label() + " " + values);
        }
        return String.join(" and", parts);
    }

    /** Such as "in October 2026"; over all of the books where no time was named. */
    String when() {
        boolean timed = model.metrics(plan).stream()
                .anyMatch(metric -> metric.time() != null || !metric.of().isEmpty());
        if (!timed) {
            return "as of " + ground.clock();
        }
        Period period = plan.period();
        return period == null ? "over all of the books" + reach() : in(period);
    }

    private boolean isTimed() {
        return model.parts(plan).stream().anyMatch(part -> part.time() != null);
    }

    /** Such as "was" in "revenue last month was". */
    String verb(Metric metric) {
        boolean isNow =
                metric.isOfCases() || (metric.time() == null && metric.of().isEmpty());
        if (isNow) {
            return metric.isPlural() ? "are" : "is";
        }
        return metric.isPlural() ? "were" : "was";
    }

    static String went(BigDecimal change) {
        return change.signum() == 0 ? "did not change" : change.signum() > 0 ? "went up" : "went down";
    }

    private String reach() {
        return ground.span(model.parts(plan))
                .map(span -> " (" + span.first() + " to " + span.last() + ")")
                .orElse("");
    }

    /** A period that goes on is named with the days that have passed. */
    String in(Period period) {
        if (period.goesOnAfter(ground.clock())) {
            return "in " + period.label() + " so far ("
                    + period.until(ground.clock()).days() + ")";
        }
        if (period.label().contains(" to ")) {
            return "from " + period.label();
        }
        return (period.from().equals(period.until()) ? "on " : "in ") + period.label();
    }

    /** That a period is not over, or begins before the books do. */
    List<String> reservations() {
        List<String> said = new ArrayList<>();
        Period period = isTimed() ? plan.period() : null;
        if (period != null && period.goesOnAfter(ground.clock())) {
            said.add(capitalized(period.label()) + " is not over: the numbers are up to " + ground.clock()
                    + ", the clock of the books.");
        }
        if (plan.filters().stream()
                .anyMatch(filter -> !filter.excluded() && filter.values().contains("void"))) {
            said.add("Void invoices count nowhere.");
        }
        if (period != null) {
            ground.span(model.parts(plan))
                    .filter(span -> period.from().isBefore(span.first())
                            && !period.until().isBefore(span.first()))
                    .ifPresent(span -> said.add("The books begin on " + span.first() + " here."));
        }
        return said;
    }

    /** That only as many days are compared as have passed. */
    List<String> likeForLike() {
        Period now = plan.period();
        Period before = plan.against();
        if (now == null || before == null) {
            return List.of();
        }
        boolean same = now.goesOnAfter(ground.clock())
                && !before.equals(now.before())
                && before.from().equals(now.before().from());
        return same ? List.of("Compared are the same days of both, since " + now.label() + " is not over.") : List.of();
    }

    String by() {
        return plan.dimensions().stream()
                .map(each -> model.dimension(each).label())
                .collect(Collectors.joining(" and "));
    }

    /** What happened to amounts of several currencies, of which the result has so many. */
    List<String> currencies(MoneyMode money, long shown) {
        return switch (money) {
            case MoneyMode.Converted(String base) ->
                List.of("Amounts are converted to " + base + " at the rates in the books.");
            case MoneyMode.Apart _ when shown < 2 -> List.of();
            case MoneyMode.Apart _ when isAboutCurrencies() -> List.of("Each currency stands by itself.");
            case MoneyMode.Apart _ ->
                List.of("Each currency stands by itself: the books do not have rates for all of them.");
            case MoneyMode.None _, MoneyMode.Single _ -> List.of();
        };
    }

    private boolean isAboutCurrencies() {
        return plan.dimensions().contains("currency")
                || plan.filters().stream().anyMatch(filter -> filter.dimension().equals("currency"));
    }

    /** The names of a row's groups, such as "EMEA, pro". */
    String group(Result.Row row) {
        return plan.dimensions().stream()
                .map(dimension -> row.value(dimension + "_name") != null
                        ? row.text(dimension + "_name")
                        : Objects.toString(row.value(dimension), row.text(dimension + "_id")))
                .map(Phrasing::name)
                .collect(Collectors.joining(", "));
    }

    String currency(Result.Row row, MoneyMode money) {
        @Nullable Object there = row.value("currency");
        return there != null ? there.toString() : money instanceof MoneyMode.Single(String one) ? one : "";
    }
}
