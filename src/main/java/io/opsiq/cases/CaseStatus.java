package io.opsiq.cases;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a case stands. */
public enum CaseStatus {
    OPEN,
    APPROVED,
    REJECTED,
    FALSE_POSITIVE,
    ACCEPTED,
    /** Its fact is no longer in the books. */
    RESOLVED,
    /** Hidden by what was learned; listed only when asked for. */
    SUPPRESSED;

    /** As interfaces and the state write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CaseStatus> of(String word) {
        return Stream.of(values()).filter(status -> status.word().equals(word)).findFirst();
    }
}
