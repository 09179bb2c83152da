package io.opsiq.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCalendarTests {
    private final DemoCalendar calendar = new DemoCalendar(LocalDate.of(2028, 3, 6));

    @ParameterizedTest
    @CsvSource({
        "{today 00:00}, 2028-03-06 00:00:00",
        "{today-6 14:45}, 2028-02-29 14:45:00",
        "{this month 2 10:00}, 2028-03-02 10:00:00",
        "{last month 22 10:00}, 2028-02-22 10:00:00",
        "{4 months ago 1 00:00}, 2027-11-01 00:00:00",
    })
    void aTokenIsReadAgainstTheDayOfTheBooks(String token, String timestamp) {
        assertThat(calendar.resolve("a," + token + ",b")).isEqualTo("a," + timestamp + ",b");
    }

    @ParameterizedTest
    @CsvSource({"2028-03-06,2028-03-06", "2028-03-05,2028-02-29", "2028-03-01,2028-02-29", "2028-01-05,2027-12-31"})
    void theFirstFiveDaysOfAMonthStillBelongToTheMonthBefore(LocalDate wall, LocalDate today) {
        Instant evening = wall.atTime(23, 59).toInstant(ZoneOffset.UTC);

        assertThat(DemoCalendar.at(Clock.fixed(evening, ZoneOffset.UTC))).isEqualTo(new DemoCalendar(today));
    }

    @Test
    void jsonIsNoToken() {
        assertThat(calendar.resolve("{\"\"value\"\": 6}")).isEqualTo("{\"\"value\"\": 6}");
    }

    @Test
    void aTokenThatSaysNothingIsNamed() {
        assertThatThrownBy(() -> calendar.resolve("{yesterday 10:00}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("{yesterday 10:00} is no date of the demo books.");
    }
}
