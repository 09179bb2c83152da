package io.opsiq.analyst;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Words that name one stretch of time, such as "last month" or "15 March".
 *
 * @param length how many words
 * @param atYear the same of another year; null where the year was said or there is none
 */
record TimePhrase(Period period, int length, @Nullable IntFunction<Period> atYear) {

    TimePhrase(Period period, int length) {
        this(period, length, null);
    }

    TimePhrase longerBy(int words) {
        return new TimePhrase(period, length + words, atYear);
    }

    /** The period, where no year was said the last one that begins before the other ends. */
    Period lastBefore(Period other) {
        if (atYear == null) {
            return period;
        }
        int year = other.from().getYear();
        Period same = atYear.apply(year);
        return same.from().isAfter(other.until()) ? atYear.apply(year - 1) : same;
    }
}
