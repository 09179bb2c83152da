package io.opsiq.analyst;

/** What comes of asking: an answer, which may say that it has none, or a refusal of the request itself. */
public sealed interface Reply {

    /** The answer, as it was stored. */
    record Answered(Answer answer) implements Reply {}

    /**
     * Not a question that can be asked.
     *
     * @param message for the asker: what is wrong and what to do
     */
    record Refused(Reason reason, String message) implements Reply {}

    /** Why a request was refused. */
    enum Reason {
        EMPTY_QUESTION,
        QUESTION_TOO_LONG,
        UNKNOWN_CONTEXT,
        /** There are no books to ask. */
        NO_BOOKS
    }
}
