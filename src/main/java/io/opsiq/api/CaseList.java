package io.opsiq.api;

import io.opsiq.cases.CasePage;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.Cases;
import io.opsiq.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The document of a list of cases, written while it is read. */
final class CaseList {

    private static final int PAGE = 500;

    private CaseList() {}

    static JsonDocument of(Cases cases, CaseQuery query) {
        if (query.limit() == 0 && query.cursor() == null) {
            return out -> writeAll(Json.generator(out), cases, query);
        }
        CasePage first = first(cases, query);
        return out -> writePages(Json.generator(out), cases, query, first);
    }

    /** Read before a word is written, so that a wrong cursor is refused. */
    private static CasePage first(Cases cases, CaseQuery query) {
        try {
            return cases.list(query.page(step(query.limit()), query.cursor()));
        } catch (IllegalArgumentException e) {
            throw Refusal.field("cursor", "is not one that a list gave. Maybe begin without a cursor.");
        }
    }

    /** All, from one view of the state. */
    private static void writeAll(JsonGenerator json, Cases cases, CaseQuery query) {
        begin(json);
        long count = cases.write(query, json);
        end(json, count, null);
    }

    /** Page after page until the limit is reached, so that a large limit needs no memory. */
    private static void writePages(JsonGenerator json, Cases cases, CaseQuery query, CasePage first) {
        CasePage page = first;
        int left = query.limit();
        begin(json);
        while (true) {
            page.cases().forEach(json::writePOJO);
            left -= page.cases().size();
            if (page.nextCursor() == null || (query.limit() > 0 && left <= 0)) {
                break;
            }
            page = cases.list(query.page(step(left), page.nextCursor()));
        }
        end(json, first.count(), page.nextCursor());
    }

    private static int step(int left) {
        return left <= 0 ? PAGE : Math.min(left, PAGE);
    }

    private static void begin(JsonGenerator json) {
        json.writeStartObject();
        json.writeArrayPropertyStart("cases");
    }

    private static void end(JsonGenerator json, long count, @Nullable String next) {
        json.writeEndArray();
        json.writeNumberProperty("count", count);
        json.writeStringProperty("next_cursor", next);
        json.writeEndObject();
        json.flush();
    }
}
