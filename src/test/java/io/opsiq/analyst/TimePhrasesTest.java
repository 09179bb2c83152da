package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock's day is Wednesday, 18 March 2026; the books begin on 5 January 2024. */
class TimePhrasesTest {

    private static final LocalDate CLOCK = LocalDate.of(2026, 3, 18);
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 5);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "today|2026-03-18|2026-03-18",
                "yesterday|2026-03-17|2026-03-17",
                "this week|2026-03-16|2026-03-22",
                "last week|2026-03-09|2026-03-15",
                "this month|2026-03-01|2026-03-31",
                "current month|2026-03-01|2026-03-31",
                "last month|2026-02-01|2026-02-28",
                "previous month|2026-02-01|2026-02-28",
                "this quarter|2026-01-01|2026-03-31",
                "last quarter|2025-10-01|2025-12-31",
                "this year|2026-01-01|2026-12-31",
                "last year|2025-01-01|2025-12-31",
                "past six months|2025-09-01|2026-02-28",
                "last 12 months|2025-03-01|2026-02-28",
                "last 8 weeks|2026-01-19|2026-03-15",
                "last 2 quarters|2025-07-01|2025-12-31",
                "last 3 full months|2025-12-01|2026-02-28",
                "past 90 days|2025-12-19|2026-03-18",
                "last 7 days|2026-03-12|2026-03-18",
                "year to date|2026-01-01|2026-12-31",
                "ytd|2026-01-01|2026-12-31",
                "month to date|2026-03-01|2026-03-31",
                "March|2026-03-01|2026-03-31",
                "february|2026-02-01|2026-02-28",
                "Dec|2025-12-01|2025-12-31",
                "last April|2025-04-01|2025-04-30",
                "May 2025|2025-05-01|2025-05-31",
                "Feb 2024|2024-02-01|2024-02-29",
                "march of 2025|2025-03-01|2025-03-31",
                "March last year|2025-03-01|2025-03-31",
                "q1|2026-01-01|2026-03-31",
                "Q4|2025-10-01|2025-12-31",
                "Q1 2025|2025-01-01|2025-03-31",
                "first quarter of 2025|2025-01-01|2025-03-31",
                "H1 2025|2025-01-01|2025-06-30",
                "second half of 2025|2025-07-01|2025-12-31",
                "2025|2025-01-01|2025-12-31",
                "2026-02|2026-02-01|2026-02-28",
                "2026-02-14|2026-02-14|2026-02-14",
                "14 February|2026-02-14|2026-02-14",
                "Feb 14 2025|2025-02-14|2025-02-14",
                "the 1|none|none",
                "14th of February 2025|2025-02-14|2025-02-14",
                "3 months ago|2025-12-01|2025-12-31",
                "two days ago|2026-03-16|2026-03-16",
                "since January|2026-01-01|2026-03-18",
                "since 2026-03-01|2026-03-01|2026-03-18",
                "after January|2026-02-01|2026-03-18",
                "before 2026-02-01|2024-01-05|2026-01-31",
                "until February|2024-01-05|2026-02-28",
                "up to February 2026|2024-01-05|2026-02-28",
                "between January and February|2026-01-01|2026-02-28",
                "between 2026-01-10 and 2026-01-20|2026-01-10|2026-01-20",
                "from November to January|2025-11-01|2026-01-31",
                "from March 2025 to May 2025|2025-03-01|2025-05-31",
                "between March and May 2025|2025-03-01|2025-05-31",
                "from 2025-12-24 until yesterday|2025-12-24|2026-03-17",
                "next month|2026-04-01|2026-04-30"
            })
    void words_of_time_are_days(String words, String from, String until) {
        var read = new TimePhrases(Words.of(words), CLOCK, FIRST).at(0);

        if (from.equals("none")) {
            assertThat(read).isEmpty();
            return;
        }
        assertThat(read).isPresent();
        assertThat(read.get().length())
                .as("all words are read")
                .isEqualTo(Words.of(words).size());
        Period period = java.util.Objects.requireNonNull(
                read.get().all(Meaning.Time.class).getFirst().period());
        assertThat(List.of(period.from().toString(), period.until().toString())).containsExactly(from, until);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31 June",
                "2026-02-30",
                "2026-13",
                "last",
                "last few weeks",
                "month",
                "may i",
                "march on",
                "between March",
                "5"
            })
    void what_is_no_time_is_none(String words) {
        var read = new TimePhrases(Words.of(words), CLOCK, FIRST).at(0);

        assertThat(read.map(Span::length).orElse(0)).isLessThan(Words.of(words).size());
    }

    @Test
    void the_period_before_is_as_long() {
        assertThat(Period.of(Grain.MONTH, CLOCK).before().label()).isEqualTo("February 2026");
        assertThat(Period.days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 10))
                        .before()
                        .label())
                .isEqualTo("2026-02-19 to 2026-02-28");
        assertThat(new Period(LocalDate.of(2025, 9, 1), LocalDate.of(2026, 2, 28), Grain.MONTH)
                        .before()
                        .label())
                .isEqualTo("March 2025 to August 2025");
    }

    @Test
    void the_first_days_of_a_shorter_month_end_with_it() {
        Period march = Period.of(Grain.MONTH, CLOCK);

        assertThat(march.before().firstDaysLike(march, CLOCK).until()).isEqualTo(LocalDate.of(2026, 2, 18));
        assertThat(march.before()
                        .firstDaysLike(march, LocalDate.of(2026, 3, 30))
                        .until())
                .isEqualTo(LocalDate.of(2026, 2, 28));
    }

    @Test
    void a_year_before_ends_with_its_month() {
        Period february = Period.of(Grain.MONTH, LocalDate.of(2025, 2, 10));

        assertThat(february.yearBefore().until()).isEqualTo(LocalDate.of(2024, 2, 29));
    }
}
