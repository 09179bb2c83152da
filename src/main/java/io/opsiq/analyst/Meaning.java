package io.opsiq.analyst;

import org.jspecify.annotations.Nullable;

/** What some words of a question may stand for. */
sealed interface Meaning {

    record MetricNamed(String metric) implements Meaning {}

    record DimensionNamed(String dimension) implements Meaning {}

    /** A value that the books, or the contract, know for a dimension. */
    record ValueNamed(String dimension, String value) implements Meaning {}

    /**
     * Words of time.
     *
     * @param period null: all of the books
     * @param start of "from … to …": the period it starts with
     * @param end likewise the one that it ends with
     */
    record Time(
            @Nullable Period period,
            @Nullable Period start,
            @Nullable Period end) implements Meaning {}

    record Every(Grain grain) implements Meaning {}

    record Count(int number) implements Meaning {}

    /** Words that say what to do. */
    enum Cue implements Meaning {
        WHY,
        CHANGE,
        TREND,
        TOP,
        BOTTOM,
        COUNT,
        SHARE,
        LIST,
        DEFINE,
        WHICH,
        BY,
        EXCEPT,
        AND,
        VERSUS,
        THE_ONE_BEFORE,
        A_YEAR_AGO,
        UP,
        DOWN,
        FUTURE,
        FOLLOW,
        TOTAL,
        /** Says nothing that matters. */
        FILLER
    }
}
