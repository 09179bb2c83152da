package io.opsiq.investigation;

import io.opsiq.cases.CaseChange;
import io.opsiq.cases.CaseQuery;
import io.opsiq.json.Json;
import java.io.Writer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The document of a completed run, written case by case so that it may be longer than memory. */
public final class RunDocument {

    private final RunResult result;
    private final RunParts parts;

    public RunDocument(RunResult result, RunParts parts) {
        this.result = result;
        this.parts = parts;
    }

    /** Writes the document and a line end, and closes the writer. */
    public void write(Writer out) {
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("run_id", result.runId());
            json.writePOJOProperty("signal", result.signal());
            json.writePOJOProperty("summary", result.summary());
            json.writeArrayPropertyStart("cases");
            parts.cases().write(CaseQuery.ofRun(result.runId()), json);
            json.writeEndArray();
            json.writeNumberProperty("count", result.summary().caseCount());
            json.writeArrayPropertyStart("problems");
            parts.problems().forEach(json::writePOJO);
            json.writeEndArray();
            json.writePOJOProperty("actions", parts.actions().ofRun(result.runId()));
            json.writePOJOProperty("trace", result.trace());
            json.writePOJOProperty(
                    "eval_score", parts.evaluations().latestOf(result.runId()).orElse(null));
            json.writeObjectPropertyStart("reasoning_trace");
            result.reasoning().forEach(each -> json.writeStringProperty(each.decision(), each.text()));
            json.writeEndObject();
            json.writePOJOProperty("reasoning", result.reasoning());
            json.writePOJOProperty("strategy", result.strategy());
            json.writePOJOProperty("previous_run_id", result.previousRunId());
            json.writePOJOProperty("changes", changes());
            json.writeStringProperty("message", message());
            json.writePOJOProperty("clock", result.clock());
            json.writePOJOProperty("skipped", result.skipped());
            json.writePOJOProperty("set_aside", result.setAside());
            json.writePOJOProperty("remarks", result.remarks());
            json.writeEndObject();
            json.writeRaw("\n");
        }
    }

    private String message() {
        long cases = result.summary().caseCount();
        String found = cases == 1 ? "1 case." : cases + " cases.";
        String previous = result.previousRunId();
        long changed = previous == null ? 0 : parts.cases().countChanges(previous, result.runId());
        return previous == null
                ? found
                : "%s %d scored otherwise than by the run before, with what was learned since."
                        .formatted(found, changed);
    }

    private List<CaseChange> changes() {
        String previous = result.previousRunId();
        return previous == null ? List.of() : parts.cases().changes(previous, result.runId());
    }
}
