package io.opsiq.api;

import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The cases. */
@RestController
final class CaseController {

    private final Cases cases;

    CaseController(Cases cases) {
        this.cases = cases;
    }

    @GetMapping("/triage/cases")
    JsonDocument list(
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "run_id", required = false) @Nullable String runId,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "audit", required = false) @Nullable String audit) {
        CaseQuery query = new CaseQuery(
                status(status), null, runId, Parameters.limit(limit, 0), cursor, Parameters.isTrue("audit", audit));
        return CaseList.of(cases, query);
    }

    @GetMapping("/triage/cases/open")
    JsonDocument open() {
        return CaseList.of(cases, CaseQuery.all().withStatus(CaseStatus.OPEN));
    }

    @GetMapping("/triage/cases/{id}")
    Case one(@PathVariable("id") String id) {
        return cases.find(id)
                .orElseThrow(() -> Refusal.unknown("There is no case " + id + ". Maybe look among GET /triage/cases."));
    }

    private static @Nullable CaseStatus status(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return CaseStatus.of(word)
                .orElseThrow(() -> Refusal.field("status", "status is '%s'; it can be %s.".formatted(word, allowed())));
    }

    private static String allowed() {
        return Arrays.stream(CaseStatus.values()).map(CaseStatus::word).collect(Collectors.joining(", "));
    }
}
