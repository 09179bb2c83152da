package io.opsiq.sentiment;

/** What a word or phrase of the lexicon does in a sentence. */
sealed interface Entry {

    /** Says something by itself, and something else where it is denied. */
    record Term(String phrase, Kind kind, Meaning said, Meaning denied) implements Entry {
        /** "Never authorised the duplicate": what is denied is the good word, the bad one after it stands. */
        boolean endsDenial() {
            return kind == Kind.COMFORT || kind == Kind.SAFEGUARD;
        }

        boolean isProblem() {
            return kind == Kind.PROBLEM;
        }
    }

    /** Denies the terms after it in its clause; one that belongs to a verb reaches no farther than "and". */
    record Denial(boolean ofVerb) implements Entry {}

    /** Denies the problems before it: "fraud ruled out". */
    record Dismissal() implements Entry {}

    /** Strengthens or softens a term near it. */
    record Stress(double factor) implements Entry {}

    /** Begins a new clause: "but". */
    record Turn() implements Entry {}

    /** Ends what a verb's denial reaches: "and". */
    record Link() implements Entry {}

    /** Says nothing and does not count as a word between others: "the". */
    record Filler() implements Entry {}

    /** A phrase whose words must not be read one by one: "invoice no". */
    record Idiom() implements Entry {}
}
