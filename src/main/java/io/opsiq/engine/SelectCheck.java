package io.opsiq.engine;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into a statement before it runs, in the engine's own syntax tree: one SELECT, over permitted tables, with functions
 * that only compute. The tree alone is no proof that nothing is written, hence the list of functions.
 */
final class SelectCheck {

    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "count",
            "count_star",
            "min",
            "max",
            "avg",
            "any_value",
            "bool_or",
            "bool_and",
            "first",
            "row_number",
            "rank",
            "dense_rank",
            "lag",
            "lead",
            "grouping",
            "grouping_id",
            "abs",
            "round",
            "floor",
            "ceil",
            "trunc",
            "sign",
            "greatest",
            "least",
            "coalesce",
            "nullif",
            "ifnull",
            "if",
            "lower",
            "upper",
            "trim",
            "concat",
            "concat_ws",
            "contains",
            "starts_with",
            "substring",
            "left",
            "length",
            "strftime",
            "date_trunc",
            "datetrunc",
            "date_part",
            "extract",
            "year",
            "month",
            "day",
            "quarter",
            "make_date",
            "last_day",
            "date_diff",
            "date_add",
            "to_days",
            "to_weeks",
            "to_quarters",
            "to_months",
            "to_years",
            "list_value",
            "string_agg",
            "list",
            "unnest",
            "generate_series",
            "range",
            "row",
            "struct_pack",
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "||",
            "~~",
            "!~~",
            "like",
            "not");
    private static final Set<String> SOURCES =
            Set.of("BASE_TABLE", "JOIN", "SUBQUERY", "TABLE_FUNCTION", "EMPTY", "EXPRESSION_LIST", "COLUMN_DATA");
    private static final Set<String> TABLE_FUNCTIONS = Set.of("generate_series", "range", "unnest");
    private static final Set<String> FROM_KEYS = Set.of("from_table", "left", "right");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Queries queries;
    private final Set<String> tables;

    SelectCheck(Queries queries, Set<String> tables) {
        this.queries = queries;
        this.tables = tables;
    }

    /** Throws {@link EngineException} with what is wrong about the statement. */
    void require(String sql) {
        String text = queries.list("select cast(json_serialize_sql(?) as varchar)", row -> row.getString(1), sql)
                .getFirst();
        JsonNode tree = MAPPER.readTree(text);
        if (tree.path("error").asBoolean(true)) {
            throw new EngineException(
                    "Not a SELECT: " + tree.path("error_message").asString("it cannot be read"));
        }
        if (tree.path("statements").size() != 1) {
            throw new EngineException(
                    "Not one statement but " + tree.path("statements").size() + ".");
        }
        Set<String> known = new HashSet<>(tables);
        named(tree, known);
        walk(tree, known);
    }

    /** The statement's own named queries. */
    private static void named(JsonNode node, Set<String> names) {
        JsonNode ctes = node.path("cte_map").path("map");
        ctes.forEach(cte -> names.add(cte.path("key").asString("").toLowerCase(Locale.ROOT)));
        node.forEach(child -> named(child, names));
    }

    private void walk(JsonNode node, Set<String> known) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                if (FROM_KEYS.contains(entry.getKey())) {
                    requireSource(entry.getValue());
                }
            });
            requireTable(node, known);
            requireFunction(node);
        }
        node.forEach(child -> walk(child, known));
    }

    private static void requireSource(JsonNode source) {
        String type = source.path("type").asString("");
        boolean isSource = source.has("sample") && source.has("alias");
        String function = source.path("function").path("function_name").asString("");
        boolean permitted =
                SOURCES.contains(type) && (!type.equals("TABLE_FUNCTION") || TABLE_FUNCTIONS.contains(function));
        if (isSource && !permitted) {
            throw new EngineException("Not a table, join or query: " + type + " " + function + ".");
        }
    }

    private static void requireTable(JsonNode node, Set<String> known) {
        if (!node.has("table_name")) {
            return;
        }
        String table = node.path("table_name").asString("").toLowerCase(Locale.ROOT);
        boolean qualified = !node.path("schema_name").asString("").isEmpty()
                || !node.path("catalog_name").asString("").isEmpty()
                || node.path("qualified_name").path("path").size() > 1;
        if (qualified || !known.contains(table)) {
            throw new EngineException("Not a table of the books: " + table + ".");
        }
    }

    private static void requireFunction(JsonNode node) {
        if (!node.has("function_name")) {
            return;
        }
        String function = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
        boolean qualified = !node.path("schema").asString("").isEmpty()
                || node.path("qualified_name").path("path").size() > 1;
        if (qualified || !FUNCTIONS.contains(function)) {
            throw new EngineException("Not a function for questions: " + function + ".");
        }
    }
}
