package io.opsiq.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.CaseStatus;
import io.opsiq.sentiment.ReasonCode;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;

class JsonTest {

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void every_reason_comes_back_as_it_was_written(ReasonCode reason) {
        assertThat(Json.read(Json.text(reason), ReasonCode.class)).isEqualTo(reason);
        assertThat(Json.text(reason)).isEqualTo('"' + reason.code() + '"');
    }

    @ParameterizedTest
    @EnumSource(CaseStatus.class)
    void every_status_is_its_word(CaseStatus status) {
        assertThat(Json.text(status)).isEqualTo('"' + status.word() + '"');
        assertThat(Json.read(Json.text(status), CaseStatus.class)).isEqualTo(status);
    }

    @Test
    void amounts_keep_their_zeros() {
        assertThat(Json.text(Map.of("amount", new BigDecimal("150.00")))).isEqualTo("{\"amount\":150.00}");
        assertThat(Json.text(new BigDecimal("1E+5"))).isEqualTo("100000");
    }

    @ParameterizedTest
    @MethodSource("values")
    void what_is_stored_is_laid_out_as_if_it_were_written(Object value) {
        String stored = document(json -> Json.writeStored(json, "value", Json.text(value)));

        assertThat(stored).isEqualTo(document(json -> json.writePOJOProperty("value", value)));
    }

    private static Stream<Object> values() {
        return Stream.of(
                List.of(),
                Map.of(),
                "plain",
                List.of("one", "two, [three] {four} : five"),
                List.of("a \"quoted\" word", "a \\", "\\\"", "line\nend\t\u0001 é 漢 \ud83d\ude00 \u2028"),
                Map.of("empty", List.of(), "none", Map.of(), "amount", new BigDecimal("1.50"), "yes", true),
                Map.of("inner", Map.of("list", List.of(Map.of("deep", List.of(1, 2)), Map.of("x", "y")))),
                List.of(List.of("a"), List.of(Map.of("b", "c"), 3)));
    }

    /** In an object that is in a list, as cases are. */
    private static String document(Consumer<JsonGenerator> property) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("cases");
            json.writeStartObject();
            json.writeStringProperty("before", "it");
            property.accept(json);
            json.writeStringProperty("after", "it");
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toString();
    }
}
