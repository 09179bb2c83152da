package io.opsiq.sentiment;

/**
 * A term found in a text.
 *
 * @param factor what the words around it make of its strength
 * @param from first token of what to quote
 * @param to token after the last one to quote
 * @param clause number of the clause
 */
record Hit(Entry.Term term, boolean denied, double factor, int from, int to, int clause) {
    private static final double FAINTEST = 0.25;
    private static final double STRONGEST = 2;

    Meaning meaning() {
        return denied ? term.denied() : term.said();
    }

    Hit asDenied(int start, int end) {
        return new Hit(term, true, factor, Math.min(from, start), Math.max(to, end), clause);
    }

    Hit stressed(double by, int start, int end) {
        var bounded = Math.clamp(factor * by, FAINTEST, STRONGEST);
        return new Hit(term, denied, bounded, Math.min(from, start), Math.max(to, end), clause);
    }

    double risk() {
        return Math.clamp(meaning().risk() * factor, -1.0, 1.0);
    }

    double polarity() {
        return Math.clamp(meaning().polarity() * factor, -1.0, 1.0);
    }

    double weight() {
        return meaning().weight() * factor;
    }

    /** Guessing and stressing are the writer's, whatever the word is. */
    double subjectivity() {
        return factor == 1 ? meaning().subjectivity() : Math.max(0.4, meaning().subjectivity());
    }
}
