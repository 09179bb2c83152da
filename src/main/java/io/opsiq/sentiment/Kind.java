package io.opsiq.sentiment;

/** How a term takes denial. */
enum Kind {
    /** "Duplicate": denied, it reassures. */
    PROBLEM,
    /** "Cancelled": denied, the text is still about it. */
    TOPIC,
    /** "Happy": denied, it worries. */
    COMFORT,
    /** "Approved": reassures, and names its reason only when denied. */
    SAFEGUARD
}
