package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.QueryPlan.Direction;
import io.opsiq.analyst.QueryPlan.Order;
import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a result in sentences. It computes nothing: each number stands in the result. */
final class Narration {

    private static final int NAMED = 5;

    private final Ground ground;
    private final QueryPlan plan;
    private final MoneyMode money;
    private final Result result;
    private final Phrasing phrasing;
    private final Metric metric;

    Narration(Ground ground, QueryPlan plan, MoneyMode money, Result result) {
        this.ground = ground;
        this.plan = plan;
        this.money = money;
        this.result = result;
        this.phrasing = new Phrasing(ground, plan);
        this.metric = ground.model().metric(plan.metric());
    }

    Told told() {
        Told told = switch (plan.intent()) {
            case VALUE -> value();
            case DEFINITION -> definition();
            case BREAKDOWN, TOP -> breakdown();
            case SHARE -> share();
            case TREND -> trend();
            case COMPARISON -> comparison();
            case LIST -> list();
            case WHY -> new WhyNarration(ground, plan, money, result).told();
        };
        List<String> rest = new ArrayList<>(told.rest());
        if (plan.intent() != Intent.LIST) {
            rest.addAll(phrasing.currencies(money, currencies().count()));
        }
        rest.addAll(phrasing.reservations());
        if (result.grid().capped()) {
            rest.add("There are more rows than are shown.");
        }
        return new Told(told.first(), rest);
    }

    private Stream<String> currencies() {
        return result.rows().stream().map(row -> row.text("currency")).distinct();
    }

    /** Whether there are amounts that cannot be put side by side. */
    private boolean apart() {
        return money instanceof MoneyMode.Apart
                && metric.isMoney()
                && currencies().count() > 1;
    }

    private List<Row> in(String currency) {
        return result.rows().stream()
                .filter(row -> row.text("currency").equals(currency))
                .toList();
    }

    private String shown(Metric of, Row row, String column) {
        return Figures.shown(of, row.number(column), phrasing.currency(row, money));
    }

    private Told nothing() {
        return new Told(
                "There is nothing to show for " + phrasing.subject(metric) + " " + phrasing.when() + ".", List.of());
    }

    // -- One number.

    private Told value() {
        if (result.isEmpty()) {
            return nothing();
        }
        String first = plan.metrics().stream()
                .map(ground.model()::metric)
                .map(each -> isOfCases(each)
                        ? counted(each)
                        : phrasing.subject(each) + " " + whenOf(each) + verb(each) + " " + values(each))
                .collect(Collectors.joining("; "));
        List<String> rest = new ArrayList<>();
        plan.metrics().forEach(name -> rest.addAll(beside(ground.model().metric(name))));
        return new Told(capitalized(first) + ".", rest);
    }

    /** What is known of cases is known now. */
    private String whenOf(Metric each) {
        return isCases(each) && plan.period() == null ? "" : phrasing.when() + " ";
    }

    private static boolean isOfCases(Metric each) {
        return each.name().equals("case_count");
    }

    private String counted(Metric each) {
        Row row = result.rows().getFirst();
        boolean one = row.amount(each.name()).compareTo(BigDecimal.ONE) == 0;
        String narrowed = phrasing.subject(each).substring(phrasing.label(each).length());
        return "there " + (one ? "is " : "are ") + shown(each, row, each.name()) + " " + phrasing.nouns(each, one)
                + narrowed + (plan.period() == null ? "" : " created " + phrasing.when());
    }

    private String verb(Metric each) {
        boolean ofClock = each.time() == null && each.of().isEmpty();
        boolean plural = each.label().endsWith("s") && !each.label().startsWith("number of");
        return ofClock || isCases(each) ? (plural ? "are" : "is") : plural ? "were" : "was";
    }

    private static boolean isCases(Metric each) {
        return each.dataset().equals("cases");
    }

    /** One number, or one for each currency. */
    private String values(Metric each) {
        boolean perRow = each.isMoney() || each.isRatio();
        return result.rows().stream()
                .limit(perRow ? Long.MAX_VALUE : 1)
                .map(row -> shown(each, row, each.name())
                        + (each.isRatio() && !each.isMoney() && result.rows().size() > 1
                                ? " in " + phrasing.currency(row, money)
                                : ""))
                .collect(Collectors.joining(", "));
    }

    /** Money that is shown and not added, where there is any. */
    private List<String> beside(Metric each) {
        String beside = each.beside();
        if (beside == null) {
            return List.of();
        }
        Metric other = ground.model().metric(beside);
        List<String> amounts = result.rows().stream()
                .filter(row -> row.amount(other.name()).signum() != 0)
                .map(row -> shown(other, row, other.name()))
                .toList();
        return amounts.isEmpty()
                ? List.of()
                : List.of("Beside it stands " + other.label() + ", " + String.join(", ", amounts)
                        + ", which is not added: it is made of facts that are counted by themselves.");
    }

    private Told definition() {
        String text = capitalized(metric.label()) + " "
                + (metric.label().endsWith("s") && !metric.label().startsWith("number") ? "are " : "is ")
                + metric.description() + ".";
        return result.isEmpty() ? new Told(text, List.of()) : new Told(text, List.of(value().first()));
    }

    // -- Groups.

    private Told breakdown() {
        if (result.isEmpty()) {
            return nothing();
        }
        String first = plan.intent() == Intent.TOP
                ? ranking()
                : capitalized(subjects()) + " by " + phrasing.by() + " " + phrasing.when() + ": " + named(0);
        List<String> rest = new ArrayList<>();
        if (plan.intent() == Intent.TOP && !apart() && result.rows().size() > ties().size()) {
            rest.add("Then: " + named(ties().size()) + ".");
        }
        if (result.rows().size() > NAMED) {
            rest.add("The others are in the table.");
        }
        return new Told(first + ".", rest);
    }

    private String subjects() {
        return plan.metrics().size() == 1
                ? phrasing.subject(metric)
                : plan.metrics().stream()
                        .map(ground.model()::metric)
                        .map(Metric::label)
                        .collect(Collectors.joining(" and "));
    }

    private String ranking() {
        String most = plan.order() == Order.LEAST ? "lowest " : "highest ";
        if (apart()) {
            return capitalized(phrasing.by()) + " with the " + most + phrasing.subject(metric) + " " + phrasing.when()
                    + ", currency by currency: "
                    + currencies()
                            .map(currency -> in(currency).getFirst())
                            .map(row -> phrasing.group(row) + " " + shown(metric, row, metric.name()) + share(row))
                            .collect(Collectors.joining(", "));
        }
        List<Row> ties = ties();
        String names = ties.stream().limit(NAMED).map(phrasing::group).collect(Collectors.joining(" and "));
        Row first = ties.getFirst();
        return capitalized(phrasing.by()) + " " + names + (ties.size() > 1 ? " share the " : " has the ") + most
                + phrasing.subject(metric) + " " + phrasing.when() + ": " + shown(metric, first, metric.name())
                + share(first);
    }

    private List<Row> ties() {
        BigDecimal best = result.rows().getFirst().amount(metric.name());
        String currency = phrasing.currency(result.rows().getFirst(), money);
        return result.rows().stream()
                .filter(row -> row.amount(metric.name()).compareTo(best) == 0
                        && phrasing.currency(row, money).equals(currency))
                .toList();
    }

    private String named(int from) {
        return result.rows().stream()
                .skip(from)
                .limit(NAMED)
                .map(row -> phrasing.group(row) + " " + values(row) + share(row))
                .collect(Collectors.joining(", "));
    }

    private String values(Row row) {
        return plan.metrics().stream()
                .map(ground.model()::metric)
                .map(each -> plan.metrics().size() == 1
                        ? shown(each, row, each.name())
                        : each.label() + " " + shown(each, row, each.name()))
                .collect(Collectors.joining(" and "));
    }

    private String share(Row row) {
        BigDecimal share = row.number("share_percent");
        return share == null ? "" : " (" + Figures.percent(share, 1) + ")";
    }

    private Told share() {
        if (result.isEmpty()) {
            return nothing();
        }
        List<Row> asked = result.rows().stream().filter(this::isAskedFor).toList();
        List<Row> shown = asked.isEmpty() ? result.rows() : asked;
        String parts = shown.stream()
                .limit(NAMED)
                .map(row -> phrasing.group(row) + " " + Figures.percent(row.amount("share_percent"), 1) + " ("
                        + shown(metric, row, metric.name()) + ")")
                .collect(Collectors.joining(", "));
        boolean none = asked.isEmpty()
                && plan.filters().stream().anyMatch(filter -> plan.dimensions().contains(filter.dimension()));
        String first = none
                ? "What was asked for has no part in " + phrasing.subject(metric) + " " + phrasing.when()
                : "Share of " + phrasing.subject(metric) + " " + phrasing.when() + ": " + parts;
        return new Told(first + ".", List.of());
    }

    private boolean isAskedFor(Row row) {
        return plan.filters().stream()
                .filter(filter -> plan.dimensions().contains(filter.dimension()))
                .anyMatch(filter -> filter.values().stream()
                        .anyMatch(value -> value.equals(row.text(filter.dimension()))
                                || value.equals(row.text(filter.dimension() + "_name"))
                                || value.equals(row.text(filter.dimension() + "_id"))));
    }

    // -- Time.

    private Told trend() {
        if (result.isEmpty()) {
            return nothing();
        }
        Grain grain = Objects.requireNonNull(plan.grain());
        if (apart()) {
            return new Told(
                    trended(grain) + ", currency by currency: "
                            + currencies()
                                    .map(currency -> "highest "
                                            + at(
                                                    in(currency).stream()
                                                            .max(Comparator.comparing(row -> row.amount(metric.name())))
                                                            .orElseThrow(),
                                                    grain))
                                    .collect(Collectors.joining(", "))
                            + ".",
                    List.of());
        }
        Comparator<Row> byValue = Comparator.comparing(row -> row.amount(metric.name()));
        List<Row> known = result.rows().stream()
                .filter(row -> row.number(metric.name()) != null)
                .toList();
        if (known.isEmpty()) {
            return nothing();
        }
        List<Row> over = known.stream().filter(row -> !goesOn(row, grain)).toList();
        List<Row> judged = over.isEmpty() ? known : over;
        Row highest = judged.stream().max(byValue).orElseThrow();
        Row lowest = judged.stream().min(byValue).orElseThrow();
        String what = trended(grain);
        boolean all = over.isEmpty() || over.size() == known.size();
        List<String> rest = new ArrayList<>();
        if (judged.size() == 1) {
            return new Told(
                    what + ": " + at(highest, grain) + (all ? "." : "; " + notOver(known.getLast(), grain) + "."),
                    rest);
        }
        String peak = "highest " + at(highest, grain);
        String trough = "lowest " + at(lowest, grain);
        boolean least = plan.order() == Order.LEAST;
        String first = what + " " + verb(metric) + " " + (least ? trough : peak) + " and " + (least ? peak : trough)
                + (all ? "" : ", of the complete " + grain.word() + "s");
        if (single()) {
            rest.add(
                    all
                            ? "The latest is " + at(known.getLast(), grain) + "."
                            : capitalized(notOver(known.getLast(), grain)) + ".");
        }
        return new Told(first + ".", rest);
    }

    private String trended(Grain grain) {
        return capitalized(phrasing.subject(metric)) + " by " + grain.word()
                + (plan.dimensions().isEmpty() ? "" : " and " + phrasing.by()) + " " + phrasing.when();
    }

    private String notOver(Row row, Grain grain) {
        return bucket(row, grain) + " is not over: " + shown(metric, row, metric.name()) + " so far";
    }

    private boolean single() {
        return plan.dimensions().isEmpty()
                && !(money instanceof MoneyMode.Apart)
                && plan.metrics().size() == 1;
    }

    private boolean goesOn(Row row, Grain grain) {
        return grain.end(row.date(grain.word())).isAfter(ground.clock());
    }

    private String at(Row row, Grain grain) {
        String group = plan.dimensions().isEmpty() ? "" : " for " + phrasing.group(row);
        return (grain == Grain.DAY ? "on " : "in ") + bucket(row, grain) + group + " ("
                + shown(metric, row, metric.name()) + ")";
    }

    private static String bucket(Row row, Grain grain) {
        Period period = Period.of(grain, row.date(grain.word()));
        return grain == Grain.WEEK ? "the week of " + period.from() : period.label();
    }

    // -- Two periods.

    private Told comparison() {
        if (result.isEmpty()) {
            return nothing();
        }
        Period before = Objects.requireNonNull(plan.against());
        String subject = phrasing.subject(metric);
        String first = plan.dimensions().isEmpty()
                ? result.rows().stream()
                        .map(row -> compared(row, subject, before))
                        .collect(Collectors.joining("; "))
                : capitalized(subject) + " by " + phrasing.by() + " " + phrasing.when() + ", against " + before.label()
                        + ": "
                        + result.rows().stream().limit(NAMED).map(this::changed).collect(Collectors.joining(", "));
        List<String> rest = new ArrayList<>();
        if (plan.dimensions().isEmpty()) {
            rest.addAll(likeForLike(plan, ground));
        } else if (result.rows().size() > NAMED) {
            rest.add("The others are in the table.");
        }
        return new Told(capitalized(first) + ".", rest);
    }

    private String compared(Row row, String subject, Period before) {
        BigDecimal change = row.number("change");
        String now = shown(metric, row, metric.name());
        String then = shown(metric, row, metric.name() + "_before");
        if (change == null) {
            return subject + " " + phrasing.when() + " was " + now + ", and " + then + " " + phrasing.in(before);
        }
        BigDecimal percent = row.number("change_percent");
        String by = change.signum() == 0
                ? ""
                : " by " + Figures.size(metric, change, phrasing.currency(row, money))
                        + (percent == null ? "" : " (" + Figures.percent(percent.abs(), 1) + ")");
        return premise(change) + subject + " " + went(change) + by + ": " + now + " " + phrasing.when() + ", against "
                + then + " " + phrasing.in(before);
    }

    private String premise(BigDecimal change) {
        Direction premise = plan.premise();
        if (premise == null) {
            return "";
        }
        boolean holds = premise == Direction.UP ? change.signum() > 0 : change.signum() < 0;
        return holds ? "Yes: " : "No: ";
    }

    static String went(BigDecimal change) {
        return change.signum() == 0 ? "did not change" : change.signum() > 0 ? "went up" : "went down";
    }

    private String changed(Row row) {
        BigDecimal change = row.number("change");
        return phrasing.group(row) + " "
                + (change == null
                        ? shown(metric, row, metric.name())
                        : Figures.signed(metric, change, phrasing.currency(row, money)));
    }

    /** That only as many days are compared as have passed. */
    static List<String> likeForLike(QueryPlan plan, Ground ground) {
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

    // -- Rows.

    private Told list() {
        if (result.isEmpty()) {
            return new Told(
                    "There are no " + phrasing.nouns(metric, false)
                            + phrasing.subject(metric)
                                    .substring(phrasing.label(metric).length()) + " to list.",
                    List.of());
        }
        boolean cases = isCases(metric);
        String rows = result.rows().stream()
                .limit(NAMED)
                .map(row -> cases
                        ? Phrasing.name(row.text("title"))
                        : row.text(result.grid().columns().getFirst()))
                .collect(Collectors.joining(cases ? "; " : ", "));
        String what = metric.kind() == Metric.Kind.COUNT ? phrasing.nouns(metric, false) : metric.label();
        String order = switch (plan.order()) {
            case GREATEST -> ", the greatest first";
            case LEAST -> ", the smallest first";
            case LATEST -> cases ? ", the greatest impact first" : ", the latest first";
        };
        List<String> rest = new ArrayList<>();
        if (result.rows().size() > NAMED) {
            rest.add("The others are in the table.");
        }
        Integer limit = plan.limit();
        if (result.rows().size() == (limit == null ? PlanCheck.MOST_LISTED : limit)) {
            rest.add("There may be more than are listed.");
        }
        return new Told(
                capitalized(what)
                        + phrasing.subject(metric)
                                .substring(phrasing.label(metric).length()) + order + ": " + rows + ".",
                rest);
    }
}
