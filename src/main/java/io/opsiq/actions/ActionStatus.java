package io.opsiq.actions;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How far an action is. */
public enum ActionStatus {
    PROPOSED,
    PENDING_APPROVAL,
    APPROVED,
    DECLINED,
    /** A person said that it was carried out. */
    DONE,
    /** A person said that it could not be carried out. */
    FAILED;

    /** The statuses from which this one can be reached. */
    Set<ActionStatus> reachedFrom() {
        return switch (this) {
            case PROPOSED, PENDING_APPROVAL -> Set.of();
            case APPROVED -> Set.of(PROPOSED, PENDING_APPROVAL);
            case DECLINED -> Set.of(PROPOSED, PENDING_APPROVAL, APPROVED);
            case DONE -> Set.of(PROPOSED, APPROVED, FAILED);
            case FAILED -> Set.of(PROPOSED, APPROVED);
        };
    }

    /** As interfaces and the state write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ActionStatus> of(String word) {
        return Stream.of(values()).filter(status -> status.word().equals(word)).findFirst();
    }
}
