package io.opsiq.analyst;

import io.opsiq.analyst.Dataset.Field;
import io.opsiq.analyst.QueryPlan.Filter;
import io.opsiq.books.BooksFacts;
import io.opsiq.books.TableReport;
import io.opsiq.engine.Queries;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The model as far as one set of books carries it: which columns, which currencies, which days. */
final class Ground {

    private static final Pattern REFERENCE = Pattern.compile("\\{(\\w+)}");
    private static final String CASES = "cases";

    private final SemanticModel model;
    private final BooksFacts facts;
    private final LocalDate clock;
    private final boolean casesKnown;
    private final Map<String, Map<String, LocalDate>> currencies = new LinkedHashMap<>();
    private final Map<String, Span> spans = new LinkedHashMap<>();

    /** The days on which a table has facts. */
    record Span(LocalDate first, LocalDate last) {}

    /**
     * @param books holds the tables and what was noted of them
     * @param casesKnown whether there are cases about these books
     * @param casesLoaded whether {@code books} holds them as the table {@code cases}
     */
    Ground(SemanticModel model, BooksFacts facts, Queries books, boolean casesKnown, boolean casesLoaded) {
        this.model = model;
        this.facts = facts;
        this.casesKnown = casesKnown;
        this.clock = facts.clock() == null ? LocalDate.EPOCH : LocalDate.ofInstant(facts.clock(), ZoneOffset.UTC);
        books.list(
                "select table_name, currency, first_day from about.currencies order by all",
                row -> noteCurrency(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class)));
        books.list(
                "select table_name, first_day, last_day from about.spans where first_day is not null",
                row -> spans.put(
                        row.getString(1),
                        new Span(row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class))));
        if (casesLoaded) {
            books.list(
                    "select distinct currency from cases order by 1",
                    row -> noteCurrency(CASES, row.getString(1), clock));
        }
    }

    private boolean noteCurrency(String table, @Nullable String currency, @Nullable LocalDate first) {
        if (currency != null) {
            currencies
                    .computeIfAbsent(table, name -> new LinkedHashMap<>())
                    .put(currency, Objects.requireNonNullElse(first, clock));
        }
        return true;
    }

    SemanticModel model() {
        return model;
    }

    Lexicon lexicon() {
        return Lexicon.shipped();
    }

    /** Whether there are cases about these books. */
    boolean investigated() {
        return casesKnown;
    }

    /** The day that "now" lies in. */
    LocalDate clock() {
        return clock;
    }

    boolean hasClock() {
        return facts.clock() != null;
    }

    BooksFacts facts() {
        return facts;
    }

    /** The currencies of all amounts that can be asked for. */
    Set<String> currencies() {
        Set<String> all = new TreeSet<>();
        currencies.forEach((table, each) -> {
            if (!table.equals("fx_rates")) {
                all.addAll(each.keySet());
            }
        });
        return all;
    }

    /** The days that the facts of all these metrics lie in; empty when there are none. */
    Optional<Span> span(Collection<Metric> metrics) {
        List<Span> found = new ArrayList<>();
        for (Metric metric : metrics) {
            Span span = metric.time() == null ? null : spans.get(metric.dataset());
            if (span != null) {
                found.add(span);
            }
        }
        return found.stream()
                .reduce((one, other) -> new Span(
                        one.first().isBefore(other.first()) ? one.first() : other.first(),
                        one.last().isAfter(other.last()) ? one.last() : other.last()));
    }

    /** Why the metric cannot be computed from these books; empty when it can. */
    Optional<String> missing(Metric metric) {
        for (Metric part : model.parts(metric).values()) {
            Dataset dataset = model.dataset(part.dataset());
            if (!isThere(dataset)) {
                return Optional.of(
                        dataset.name().equals(CASES)
                                ? "no investigation has run on these books yet"
                                : "the books have no table " + dataset.source());
            }
            Optional<String> lacking = lacking(part, dataset);
            if (lacking.isPresent()) {
                return lacking;
            }
        }
        return Optional.empty();
    }

    private Optional<String> lacking(Metric part, Dataset dataset) {
        Set<String> fields = new LinkedHashSet<>();
        for (String field : new @Nullable String[] {part.value(), part.time()}) {
            if (field != null) {
                fields.add(field);
            }
        }
        if (part.where() != null) {
            REFERENCE
                    .matcher(part.where())
                    .results()
                    .map(match -> match.group(1))
                    .forEach(fields::add);
        }
        fields.remove("clock");
        return fields.stream()
                .filter(field -> sql(dataset, field).isEmpty())
                .map(field -> "the table " + dataset.source() + " has no column "
                        + String.join(
                                ", ",
                                absent(
                                        dataset,
                                        Objects.requireNonNull(dataset.fields().get(field))
                                                .sql())))
                .findFirst();
    }

    private boolean isThere(Dataset dataset) {
        return dataset.name().equals(CASES)
                ? casesKnown
                : facts.table(dataset.source()).isPresent();
    }

    /** The field in SQL; empty when the books lack what it needs. */
    Optional<String> sql(Dataset dataset, String name) {
        Field field = dataset.fields().get(name);
        if (field == null || !isThere(dataset)) {
            return Optional.empty();
        }
        if (absent(dataset, field.sql()).isEmpty()) {
            return Optional.of(expanded(dataset, field.sql()));
        }
        return Optional.ofNullable(field.without()).map(sql -> expanded(dataset, sql));
    }

    /** A condition or expression with its {@code {field}}s written out. */
    String expanded(Dataset dataset, String sql) {
        return REFERENCE.matcher(sql).replaceAll(match -> Matcher.quoteReplacement(reference(dataset, match.group(1))));
    }

    private String reference(Dataset dataset, String field) {
        if (field.equals("clock")) {
            return "date '" + clock + "'";
        }
        String sql = sql(dataset, field).orElse("null");
        return sql.contains(" - ") || sql.contains(" + ") ? "(" + sql + ")" : sql;
    }

    /** The columns of the dataset's own table that the SQL names and the books lack. */
    private List<String> absent(Dataset dataset, String sql) {
        Optional<TableReport> report = facts.table(dataset.source());
        List<String> absent = new ArrayList<>();
        Matcher column = Pattern.compile("\\b" + dataset.source() + "\\.(\\w+)").matcher(sql);
        while (report.isPresent() && column.find()) {
            if (report.get().missingColumns().contains(column.group(1))
                    || report.get().missingOptionalColumns().contains(column.group(1))) {
                absent.add(column.group(1));
            }
        }
        return absent;
    }

    /** Where a dimension of a dataset comes from: its own field or that of its customer. */
    record Place(Dataset dataset, String sql, @Nullable String shownSql) {}

    Optional<Place> place(Dataset dataset, String dimension) {
        Dataset customers = model.dataset("customers");
        boolean own = dataset.fields().containsKey(dimension);
        boolean reachable = dataset.customers() != null && isThere(customers);
        if (!own && !reachable) {
            return Optional.empty();
        }
        Dataset home = own ? dataset : customers;
        return sql(home, dimension).map(sql -> new Place(home, sql, shown(dataset, customers, dimension, sql)));
    }

    private @Nullable String shown(Dataset dataset, Dataset customers, String dimension, String sql) {
        Field field = customers.fields().get(dimension);
        if (field == null || field.shown() == null) {
            return null;
        }
        boolean reachable = dataset.name().equals("customers") || (dataset.customers() != null && isThere(customers));
        return reachable
                ? sql(customers, field.shown())
                        .map(name -> "coalesce(" + name + ", " + sql + ")")
                        .orElse(sql)
                : sql;
    }

    /** Whether the metric can be split by the dimension in these books. */
    boolean splits(Metric metric, String dimension) {
        return metric.dimensions().contains(dimension)
                && model.parts(metric).values().stream()
                        .allMatch(part ->
                                place(model.dataset(part.dataset()), dimension).isPresent());
    }

    /** Whether it makes sense to split it so, even where these books do not have the metric at all. */
    boolean maySplit(Metric metric, String dimension) {
        return missing(metric).isPresent() ? metric.dimensions().contains(dimension) : splits(metric, dimension);
    }

    /** How amounts of several currencies are put. */
    sealed interface MoneyMode {

        /** There is no money in it. */
        record None() implements MoneyMode {}

        /** All amounts are of one currency. */
        record Single(String currency) implements MoneyMode {}

        /** Converted at the rates of the books. */
        record Converted(String base) implements MoneyMode {}

        /** Each currency by itself. */
        record Apart(Set<String> currencies) implements MoneyMode {}
    }

    MoneyMode money(QueryPlan plan) {
        List<Metric> amounts =
                model.parts(plan).stream().filter(Metric::isMoney).toList();
        if (amounts.isEmpty()) {
            return new MoneyMode.None();
        }
        Map<String, LocalDate> there = currenciesOf(amounts, plan.period());
        plan.filters().stream()
                .filter(filter -> filter.dimension().equals("currency"))
                .forEach(filter ->
                        there.keySet().removeIf(currency -> filter.values().contains(currency) == filter.excluded()));
        if (there.size() == 1) {
            return new MoneyMode.Single(there.keySet().iterator().next());
        }
        if (there.isEmpty()) {
            return new MoneyMode.Single(Objects.requireNonNullElse(facts.baseCurrency(), "USD"));
        }
        boolean convertible = !plan.dimensions().contains("currency") && convertible(there);
        return convertible
                ? new MoneyMode.Converted(Objects.requireNonNull(facts.baseCurrency()))
                : new MoneyMode.Apart(new TreeSet<>(there.keySet()));
    }

    private Map<String, LocalDate> currenciesOf(List<Metric> amounts, @Nullable Period period) {
        Map<String, LocalDate> there = new LinkedHashMap<>();
        for (Metric amount : amounts) {
            currencies.getOrDefault(amount.dataset(), Map.of()).forEach((currency, first) -> {
                LocalDate from = period != null && period.from().isAfter(first) ? period.from() : first;
                there.merge(currency, from, (one, other) -> one.isBefore(other) ? one : other);
            });
        }
        return there;
    }

    /** Whether there is a rate for each currency from its first fact on. */
    private boolean convertible(Map<String, LocalDate> there) {
        Map<String, LocalDate> rates = currencies.getOrDefault("fx_rates", Map.of());
        return facts.baseCurrency() != null
                && !rates.isEmpty()
                && there.entrySet().stream().allMatch(each -> {
                    LocalDate firstRate = rates.get(each.getKey());
                    return each.getKey().equals(facts.baseCurrency())
                            || (firstRate != null && !firstRate.isAfter(each.getValue()));
                });
    }

    /** The filters of a plan, with those that hold unless it says otherwise. */
    List<Filter> filters(QueryPlan plan, Metric metric) {
        List<Filter> filters = new ArrayList<>(plan.filters());
        metric.defaults().forEach((dimension, values) -> {
            if (defaultHolds(plan, dimension)) {
                filters.add(new Filter(dimension, values, false));
            }
        });
        return filters;
    }

    static boolean defaultHolds(QueryPlan plan, String dimension) {
        return !plan.dimensions().contains(dimension)
                && plan.filters().stream()
                        .noneMatch(filter -> filter.dimension().equals(dimension));
    }
}
