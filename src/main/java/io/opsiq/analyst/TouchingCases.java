package io.opsiq.analyst;

import io.opsiq.analyst.Result.Row;
import io.opsiq.analyst.WhySql.Touching;
import io.opsiq.cases.CaseFact;
import io.opsiq.cases.Cases;
import io.opsiq.engine.Queries;
import io.opsiq.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** Open cases about the same kind of record as a number, in a segment that moved it. */
final class TouchingCases {

    private static final int MOST_LOOKED_AT = 1000;
    private static final int MOST = 3;
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final Map<String, Set<String>> SUBJECTS = Map.of(
            "invoices", Set.of("invoice", "billing", "tier", "price", "discount", "quantity", "revenue", "usage"),
            "refunds", Set.of("refund", "credit"),
            "payments", Set.of("payment", "invoice"),
            "usage_events", Set.of("usage"));

    private final Ground ground;
    private final Cases cases;
    private final Queries books;

    TouchingCases(Ground ground, Cases cases, Queries books) {
        this.ground = ground;
        this.cases = cases;
        this.books = books;
    }

    List<Touching> of(Metric metric, Result why) {
        List<Row> drivers = why.rows().stream()
                .filter(row -> row.text("part").equals("driver"))
                .toList();
        if (drivers.isEmpty()) {
            return List.of();
        }
        Set<String> words = ground.model().parts(metric).values().stream()
                .flatMap(part -> SUBJECTS.getOrDefault(part.dataset(), Set.of()).stream())
                .collect(Collectors.toSet());
        List<CaseFact> open = new ArrayList<>();
        cases.forEachFact(fact -> {
            boolean fits = fact.status().equals("open") && words.stream().anyMatch(fact.anomalyType()::contains);
            if (fits && open.size() < MOST_LOOKED_AT) {
                open.add(fact);
            }
        });
        Map<String, Map<String, String>> customers = customers(open);
        return open.stream()
                .filter(fact -> drivers.stream().anyMatch(driver -> touches(attributes(fact, customers), driver)))
                .limit(MOST)
                .map(fact -> new Touching(fact.caseId(), fact.title()))
                .toList();
    }

    /** What is known of a case by the names of dimensions: what it says itself, else what its customer is. */
    private static Map<String, String> attributes(CaseFact fact, Map<String, Map<String, String>> customers) {
        Map<String, Object> said = new HashMap<>(Json.read(fact.features(), FIELDS));
        said.putAll(Json.read(fact.affectedEntities(), FIELDS));
        Map<String, String> known =
                new HashMap<>(customers.getOrDefault(String.valueOf(said.get("customer_id")), Map.of()));
        said.forEach((name, value) -> {
            if (value != null) {
                known.put(name, value.toString());
            }
        });
        known.computeIfAbsent("customer", key -> known.get("customer_id"));
        known.computeIfAbsent("processor", key -> known.get("payment_processor"));
        return known;
    }

    private Map<String, Map<String, String>> customers(List<CaseFact> open) {
        Set<String> ids = new HashSet<>();
        open.forEach(fact -> {
            Object id = Json.read(fact.affectedEntities(), FIELDS).get("customer_id");
            if (id != null) {
                ids.add(id.toString());
            }
        });
        Map<String, Map<String, String>> found = new HashMap<>();
        books.list(
                """
                select customer_id, region, plan_tier, segment
                from customers
                where customer_id in (select unnest(string_split(?, chr(10))))""",
                row -> {
                    Map<String, String> customer = new HashMap<>();
                    for (String name : List.of("region", "plan_tier", "segment")) {
                        customer.put(name, Objects.toString(row.getString(name), "(none)"));
                    }
                    return found.put(row.getString("customer_id"), customer);
                },
                String.join("\n", ids));
        return found;
    }

    /** A driver is named by the values of its cut, in the cut's order. */
    private boolean touches(Map<String, String> known, Row driver) {
        List<String> dimensions = ground.model().dimensions().stream()
                .filter(dimension ->
                        List.of(driver.text("cut").split(" and ", -1)).contains(dimension.label()))
                .map(Dimension::name)
                .toList();
        List<String> cut = List.of(driver.text("cut").split(" and ", -1));
        String segment = cut.stream()
                .map(label -> dimensions.stream()
                        .filter(name -> ground.model().dimension(name).label().equals(label))
                        .findFirst()
                        .map(name -> known.getOrDefault(name, ""))
                        .orElse(""))
                .collect(Collectors.joining(" / "));
        String customer = known.getOrDefault("customer", "");
        boolean sameCustomer = dimensions.contains("customer")
                && !customer.isEmpty()
                && (driver.text("segment").endsWith("(" + customer + ")")
                        || driver.text("segment").equals(customer));
        return sameCustomer || segment.equals(driver.text("segment"));
    }
}
