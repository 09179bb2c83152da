package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private final Map<String, @Nullable Object> values = new HashMap<>(Map.of(
            "id", "R'1",
            "ids", List.of("R1", "R'2"),
            "none", List.of(),
            "amount", new BigDecimal("1234.5000"),
            "share", new BigDecimal("0.0200"),
            "day", LocalDate.of(2026, 2, 3),
            "at", LocalDateTime.of(2026, 2, 3, 4, 5, 6)));

    @Test
    void a_sentence_shows_values_as_a_person_writes_them() {
        assertThat(Template.sentence(
                        "{ids} of {amount:money} on {day:date} at {at:time}, {share:number} and {amount:number}",
                        values,
                        "USD"))
                .contains("R1, R'2 of USD 1,234.50 on 2026-02-03 at 2026-02-03 04:05 UTC, 0.02 and 1,234.5");
    }

    @Test
    void money_has_the_digits_of_its_currency() {
        assertThat(Template.sentence("{amount:money}", values, "JPY")).contains("JPY 1,235");
    }

    @Test
    void a_sentence_about_a_missing_value_is_left_out() {
        values.put("amount", null);

        assertThat(Template.sentence("It was {amount:money}.", values, "USD")).isEmpty();
    }

    @Test
    void a_long_list_is_cut_and_counted() {
        values.put("ids", IntStream.range(0, 20).mapToObj(Integer::toString).toList());

        assertThat(Template.sentence("{ids}", values, "USD"))
                .contains("0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more");
    }

    @Test
    void values_enter_sql_as_literals_that_cannot_break_out() {
        assertThat(Template.sql(
                        "a = {id} and b in {ids} and c in {none} and d = {amount} and e = {day} and f = {at}", values))
                .isEqualTo("a = 'R''1' and b in ('R1', 'R''2') and c in (null) and d = 1234.5000 "
                        + "and e = date '2026-02-03' and f = timestamp '2026-02-03 04:05:06.000000'");
    }

    @Test
    void a_column_that_the_query_lacks_is_named() {
        assertThatThrownBy(() -> Template.sql("{colour}", values)).hasMessageContaining("no column colour");
    }
}
