package io.opsiq.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.detectors.Detector.Severity;
import io.opsiq.investigation.RunRequest;
import io.opsiq.json.Json;
import io.opsiq.learning.FeedbackGiven;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonGenerator;

class QueueTest {

    @TempDir
    static Path folder;

    private static Cases cases;

    @BeforeAll
    static void investigate() {
        OpsIQ opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Path books = folder.resolve("books");
        opsiq.demoBooks().write(books);
        opsiq.investigations().run(RunRequest.of(books, null, null), what -> {});
        cases = opsiq.cases();
        String duplicate = queue(type("duplicate_refund"), CaseSort.EXPECTED)
                .lines()
                .getFirst()
                .caseId();
        opsiq.verdicts().give(FeedbackGiven.onCase(duplicate, "false_positive", null, null));
    }

    @Test
    void every_order_shows_the_same_cases_in_its_own_way() {
        for (CaseSort sort : CaseSort.values()) {
            assertThat(queue(CaseFilter.ALL, sort).lines()).as(sort.name()).hasSize(5);
        }
        assertThat(queue(CaseFilter.ALL, CaseSort.IMPACT).lines())
                .extracting(CaseLine::grossImpact)
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(queue(CaseFilter.ALL, CaseSort.CONFIDENCE).lines().getFirst().anomalyType())
                .isEqualTo("duplicate_refund");
        assertThat(queue(CaseFilter.ALL, CaseSort.SEVERITY).lines().getLast().severity())
                .isEqualTo(Severity.MEDIUM);
        assertThat(ids(queue(CaseFilter.ALL, CaseSort.EXPECTED)))
                .isEqualTo(cases.list(CaseQuery.all()).cases().stream()
                        .map(Case::caseId)
                        .toList());
    }

    @Test
    void pages_follow_each_other_without_a_gap() {
        List<String> whole = ids(queue(CaseFilter.ALL, CaseSort.NEWEST));

        assertThat(ids(cases.queue(CaseFilter.ALL, CaseSort.NEWEST, 0, 2))).isEqualTo(whole.subList(0, 2));
        assertThat(ids(cases.queue(CaseFilter.ALL, CaseSort.NEWEST, 2, 2))).isEqualTo(whole.subList(2, 4));
        assertThat(cases.queue(CaseFilter.ALL, CaseSort.NEWEST, 99, 2).count()).isEqualTo(5);
    }

    @Test
    void each_choice_says_how_many_the_others_would_show() {
        var filter = new CaseFilter(CaseStatus.OPEN, "underbilling", null, null, null, null);
        CaseQueue queue = queue(filter, CaseSort.EXPECTED);

        assertThat(queue.count()).isEqualTo(1);
        assertThat(queue.all()).isEqualTo(5);
        assertThat(queue.byStatus()).containsOnlyKeys(CaseStatus.OPEN);
        assertThat(queue.byType()).containsEntry("underbilling", 1L).containsEntry("duplicate_refund", 0L);
        assertThat(queue.byCurrency()).containsEntry("USD", 1L);
        assertThat(queue(CaseFilter.ALL, CaseSort.EXPECTED).byStatus())
                .containsEntry(CaseStatus.OPEN, 4L)
                .containsEntry(CaseStatus.FALSE_POSITIVE, 1L);
    }

    @Test
    void a_text_is_looked_for_as_it_is() {
        assertThat(queue(text("pay007"), CaseSort.EXPECTED).count()).isEqualTo(1);
        assertThat(queue(text("C003"), CaseSort.EXPECTED).lines()).isNotEmpty();
        assertThat(queue(text("%"), CaseSort.EXPECTED).count()).isZero();
        assertThat(queue(text("' or 1=1 --"), CaseSort.EXPECTED).lines()).isEmpty();
        String id = ids(queue(CaseFilter.ALL, CaseSort.EXPECTED)).getFirst();
        assertThat(ids(queue(text(id), CaseSort.OLDEST))).containsExactly(id);
    }

    @Test
    void bands_of_confidence_are_those_of_the_cases() {
        for (Confidence band : Confidence.values()) {
            var filter = new CaseFilter(null, null, null, band, null, null);
            CaseQueue queue = queue(filter, CaseSort.EXPECTED);
            assertThat(queue.lines())
                    .allMatch(line -> line.confidence() == band)
                    .hasSize((int) queue.count());
        }
    }

    @Test
    void cases_are_written_as_those_that_are_read() {
        String written = document(json -> cases.write(CaseQuery.all(), json));

        assertThat(written)
                .isEqualTo(document(json -> cases.forEach(CaseQuery.all(), json::writePOJO)))
                .contains("\"status\" : \"false_positive\"");
    }

    private static String document(Consumer<JsonGenerator> list) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartArray();
            list.accept(json);
            json.writeEndArray();
        }
        return out.toString();
    }

    private static CaseFilter type(String type) {
        return new CaseFilter(null, type, null, null, null, null);
    }

    private static CaseFilter text(String text) {
        return new CaseFilter(null, null, null, null, null, text);
    }

    private static CaseQueue queue(CaseFilter filter, CaseSort sort) {
        return cases.queue(filter, sort, 0, 50);
    }

    private static List<String> ids(CaseQueue queue) {
        return queue.lines().stream().map(CaseLine::caseId).toList();
    }
}
