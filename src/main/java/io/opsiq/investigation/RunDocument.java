package io.opsiq.investigation;

import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.Cases;
import io.opsiq.json.Json;
import java.io.Writer;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** The document of a completed run, written case by case so that it may be longer than memory. */
public final class RunDocument {

    private final RunResult result;
    private final Cases cases;

    public RunDocument(RunResult result, Cases cases) {
        this.result = result;
        this.cases = cases;
    }

    /** Writes the document and a line end, and closes the writer. */
    public void write(Writer out) {
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("run_id", result.runId());
            json.writePOJOProperty("signal", result.signal());
            json.writePOJOProperty("summary", result.summary());
            json.writeArrayPropertyStart("cases");
            cases.forEach(CaseQuery.ofRun(result.runId()), json::writePOJO);
            json.writeEndArray();
            json.writeArrayPropertyStart("actions");
            json.writeEndArray();
            json.writePOJOProperty("trace", result.trace());
            json.writeNullProperty("eval_score");
            json.writePOJOProperty("reasoning_trace", Map.of());
            json.writePOJOProperty("clock", result.clock());
            json.writePOJOProperty("skipped", result.skipped());
            json.writePOJOProperty("set_aside", result.setAside());
            json.writePOJOProperty("remarks", result.remarks());
            json.writeEndObject();
            json.writeRaw("\n");
        }
    }
}
