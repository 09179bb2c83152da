package io.opsiq.investigation;

import java.util.OptionalInt;

/**
 * Something that a run tells while it goes on.
 *
 * @param id counts up from 1 within the run
 * @param what what it is at, or how it ended
 * @param percent how far the statement at work is, where it can tell
 */
public record RunEvent(long id, Type type, String what, OptionalInt percent) {

    /** What is told. */
    public enum Type {
        QUEUED,
        PROGRESS,
        NOTICE,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** Whether nothing comes after it. */
        public boolean isLast() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }
}
