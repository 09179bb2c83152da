package io.opsiq.generator;

import com.google.errorprone.annotations.FormatMethod;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Which books to make. The same order always makes the same books.
 *
 * @param customers how many there are
 * @param months how many calendar months the books cover, the last one up to {@code until}
 * @param seed other seeds make other books of the same kind
 * @param until the last day
 * @param withExpected whether invoices say what was expected, most of them; without it all must be re-rated
 */
public record BooksOrder(int customers, int months, long seed, Format format, LocalDate until, boolean withExpected) {

    /** The last day, unless another is asked for. It is fixed, so that the same command makes the same books on every day. */
    public static final LocalDate UNTIL = LocalDate.of(2026, 9, 17);

    private static final int MOST_CUSTOMERS = 1_000_000;
    private static final int MOST_MONTHS = 120;
    private static final int FIRST_YEAR = 2000;

    /** Throws {@link IllegalArgumentException} where the books cannot be made; the message says what can. */
    public BooksOrder {
        require(
                customers >= 1 && customers <= MOST_CUSTOMERS,
                "--customers is %d. Maybe give a number from 1 to %,d.",
                customers,
                MOST_CUSTOMERS);
        require(
                months >= 1 && months <= MOST_MONTHS,
                "--months is %d. Maybe give a number from 1 to %d.",
                months,
                MOST_MONTHS);
        require(
                until.getYear() >= FIRST_YEAR && until.getYear() <= 2200,
                "--until is %s. Maybe give a date since %d.",
                until,
                FIRST_YEAR);
    }

    @FormatMethod
    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }

    LocalDate firstMonth() {
        return until.withDayOfMonth(1).minusMonths(months - 1L);
    }

    /** How the files are written. */
    public enum Format {
        CSV,
        PARQUET;

        String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }

        String copyOptions() {
            return this == CSV ? "(format csv, header)" : "(format parquet, compression zstd, row_group_size 122880)";
        }
    }
}
