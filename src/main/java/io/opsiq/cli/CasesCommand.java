package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** The cases of a state. */
@Command(name = "cases", description = "Lists the cases, highest expected money first.")
final class CasesCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = "--status",
            paramLabel = "S",
            description =
                    "Only cases of this status: open, approved, rejected, false_positive, accepted, resolved, suppressed.")
    @Nullable
    CaseStatus status;

    @Option(names = "--json", description = "Print the cases as JSON.")
    boolean json;

    CasesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        opsiq.investigations().recover();
        Cases cases = opsiq.cases();
        CaseQuery query = CaseQuery.all().withStatus(status);
        if (json) {
            printJson(cases, query);
        } else {
            new CaseTable(console).printAll(cases, query);
        }
    }

    private void printJson(Cases cases, CaseQuery query) {
        try (JsonGenerator out = Json.generator(console.outWriter())) {
            out.writeStartObject();
            out.writeArrayPropertyStart("cases");
            cases.write(query, out);
            out.writeEndArray();
            out.writeNumberProperty("count", cases.list(query.page(1, null)).count());
            out.writeNullProperty("next_cursor");
            out.writeEndObject();
            out.writeRaw("\n");
        }
    }
}
