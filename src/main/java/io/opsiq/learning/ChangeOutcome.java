package io.opsiq.learning;

/** What became of a person's decision on a proposal or on a change of memory. */
public sealed interface ChangeOutcome<T> {

    /** Done; what it was about, as it stands now. */
    record Done<T>(T now) implements ChangeOutcome<T> {}

    /** There is none such. */
    record Unknown<T>(String message) implements ChangeOutcome<T> {}

    /** It stands in a way that does not allow it. */
    record NotNow<T>(String message) implements ChangeOutcome<T> {}
}
