package io.opsiq.analyst;

/** What a question is after. */
enum Intent {
    VALUE,
    BREAKDOWN,
    TREND,
    /** The first of a ranking. */
    TOP,
    COMPARISON,
    SHARE,
    /** Rows, not numbers. */
    LIST,
    /** What moved a number. */
    WHY,
    DEFINITION
}
